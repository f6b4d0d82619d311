// What the virtual output stage really delivers of a pulse, faults included, and what its measurement says; runs in the virtual rig.
import type { PulseMessage } from '../../common/device-protocol/messages.ts';
import { doubleLayerFemtocoulombsPerMillivolt } from './double-layers.ts';
import type { PulseFault } from './fault-plan.ts';

/** What the current flows through. */
export interface Load {
  readonly ohms: number;
  /** Charge that raises its voltage by 1 mV; Infinity: a plain resistor. */
  readonly femtocoulombsPerMillivolt: number;
  /** What stands on it before the pulse, signed. */
  readonly residualMillivolts: number;
}

/** Takes the place of the electrodes while the output relay is open. */
export const referenceLoad: Load = { ohms: 10_000, femtocoulombsPerMillivolt: Infinity, residualMillivolts: 0 };

/** The model's electrode: its impedance in series with its double layer. */
export function electrodeLoad(ohms: number, residualMillivolts: number): Load {
  return { ohms, femtocoulombsPerMillivolt: doubleLayerFemtocoulombsPerMillivolt, residualMillivolts };
}

export interface MeasuredPulse {
  /** The pulse as it was delivered. */
  readonly applied: PulseMessage;
  /** Signed, of each phase. */
  readonly firstFemtocoulombs: number;
  readonly secondFemtocoulombs: number;
  /** Largest voltage over the load, at most the compliance voltage. */
  readonly peakMillivolts: number;
  /** The output stage ran out of voltage. The model does not lower the current then. */
  readonly isSaturated: boolean;
  /** Signed voltage of the load before the pulse began, of a magnitude of at most the compliance voltage. */
  readonly residualMillivolts: number;
}

/** @param fault what goes wrong with this pulse; faults of its acknowledgement change nothing here */
export function measurePulse(
  pulse: PulseMessage,
  fault: PulseFault | undefined,
  load: Load,
  complianceMillivolts: number,
): MeasuredPulse {
  const applied = withFault(pulse, fault);
  const firstFemtocoulombs = applied.firstNanoamps * applied.firstMicroseconds;
  const secondFemtocoulombs = applied.secondNanoamps * applied.secondMicroseconds;
  const neededMillivolts = Math.max(
    voltage(applied.firstNanoamps, firstFemtocoulombs, load),
    voltage(applied.secondNanoamps, firstFemtocoulombs + secondFemtocoulombs, load),
  );
  const isSaturated = fault?.fault === 'saturate' || neededMillivolts > complianceMillivolts;
  const peakMillivolts = isSaturated ? complianceMillivolts : Math.round(neededMillivolts);
  const [measurable, residual] = [complianceMillivolts, Math.round(load.residualMillivolts)];
  const residualMillivolts = Math.max(-measurable, Math.min(measurable, residual));
  return { applied, firstFemtocoulombs, secondFemtocoulombs, peakMillivolts, isSaturated, residualMillivolts };
}

/** Magnitude at the end of a phase, mV: I·Z (nA × Ω are nV) and what all charge so far has left on the double layer. */
function voltage(nanoamps: number, femtocoulombs: number, load: Load): number {
  const polarisation = load.residualMillivolts + femtocoulombs / load.femtocoulombsPerMillivolt;
  return Math.abs((nanoamps * load.ohms) / 1e6 + polarisation);
}

function withFault(pulse: PulseMessage, fault: PulseFault | undefined): PulseMessage {
  switch (fault?.fault) {
    case 'imbalance':
      return { ...pulse, secondNanoamps: Math.round(pulse.secondNanoamps * (1 + fault.permille / 1000)) };
    case 'wrong-polarity':
      return scaled(pulse, -1);
    case 'wrong-scale':
      return scaled(pulse, fault.permille / 1000);
    case 'saturate':
    case 'refuse':
    case 'no-acknowledgement':
    case 'wrong-acknowledgement':
    case 'slow-acknowledgement':
    case undefined:
      return pulse;
  }
}

function scaled(pulse: PulseMessage, factor: number): PulseMessage {
  return {
    ...pulse,
    firstNanoamps: Math.round(pulse.firstNanoamps * factor),
    secondNanoamps: Math.round(pulse.secondNanoamps * factor),
  };
}
