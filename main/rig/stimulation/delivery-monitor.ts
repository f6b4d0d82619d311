// Compares what the stimulator measured with what was asked, pulse by pulse: scale, polarity, balance, direct current, voltages. Rig thread.
import type { StateArchive } from '../../../common/base/state-archive.ts';
import type { Fault, FaultCode } from '../../../common/contract/faults.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import type { Acknowledgement } from '../hardware/device.ts';
import type { Permit } from '../interlock/permit.ts';

/** The stimulator's own measuring error. */
const scaleTolerancePermille = 50;
/** One pulse beyond balance or compliance may be the measurement; two in a row are not. */
const inARowToTrip = 2;
const directCurrentWindowNs = 1e9;

interface ElectrodeMeasurements {
  unbalanced: number;
  saturated: number;
  /** Net charge of the pulses of the last second, oldest first. */
  net: { atNs: number; femtocoulombs: number }[];
}

type Measured = Pick<
  Acknowledgement,
  | 'electrode'
  | 'firstFemtocoulombs'
  | 'secondFemtocoulombs'
  | 'peakMillivolts'
  | 'isSaturated'
  | 'residualMillivolts'
  | 'receivedNs'
  | 'isMeasured'
>;

export class DeliveryMonitor {
  readonly #limits: () => LimitsInForce;
  readonly #electrodes = new Map<number, ElectrodeMeasurements>();

  constructor(limits: () => LimitsInForce) {
    this.#limits = limits;
  }

  /** @returns the first thing that is wrong with a delivered pulse. */
  check(permit: Permit, measured: Measured): Fault | undefined {
    const { electrode } = measured;
    const own = this.#limits().electrodes.get(electrode)?.limits;
    const asked = permit.request.amplitudeNanoamps * permit.request.phaseMicroseconds;
    if (own === undefined)
      return fault('wrong-delivery', electrode, `Electrode ${electrode} was stimulated; no limits cover it.`);
    const record = this.#recordOf(electrode);
    // Nothing is known of what was not measured: it is neither right nor wrong.
    if (measured.isMeasured === false) return undefined;
    return (
      checkAmount(permit, measured, asked) ??
      this.#checkBalance(record, measured, asked, own.imbalanceMaxPermille, own.imbalanceNoiseFemtocoulombs) ??
      this.#checkDirectCurrent(record, measured, own.directCurrentMaxPicoamps) ??
      checkResidual(measured, own.residualVoltageMaxMillivolts) ??
      this.#checkVoltage(record, measured)
    );
  }

  #recordOf(electrode: number): ElectrodeMeasurements {
    let record = this.#electrodes.get(electrode);
    if (record === undefined) this.#electrodes.set(electrode, (record = { unbalanced: 0, saturated: 0, net: [] }));
    return record;
  }

  #checkBalance(
    record: ElectrodeMeasurements,
    { electrode, firstFemtocoulombs, secondFemtocoulombs }: Measured,
    asked: number,
    maxPermille: number,
    noiseFemtocoulombs: number,
  ): Fault | undefined {
    const net = Math.abs(firstFemtocoulombs + secondFemtocoulombs);
    const bound = Math.max((asked * maxPermille) / 1000, noiseFemtocoulombs);
    record.unbalanced = net <= bound ? 0 : record.unbalanced + 1;
    if (record.unbalanced < inARowToTrip) return undefined;
    const message = `${inARowToTrip} pulses in a row on electrode ${electrode} left ${(net / 1000).toFixed(1)} pC; ${(bound / 1000).toFixed(1)} pC are allowed.`;
    return fault('imbalance', electrode, message, net / 1000, bound / 1000, 'pC');
  }

  #checkDirectCurrent(
    { net }: ElectrodeMeasurements,
    { electrode, firstFemtocoulombs, secondFemtocoulombs, receivedNs }: Measured,
    maxPicoamps: number,
  ): Fault | undefined {
    net.push({ atNs: receivedNs, femtocoulombs: firstFemtocoulombs + secondFemtocoulombs });
    while (net[0] !== undefined && receivedNs - net[0].atNs >= directCurrentWindowNs) net.shift();
    const femtocoulombs = net.reduce((sum, pulse) => sum + pulse.femtocoulombs, 0);
    // fC in one second are fA.
    const picoamps = Math.abs(femtocoulombs) / 1000;
    if (picoamps <= maxPicoamps) return undefined;
    const message = `Electrode ${electrode} carried ${(picoamps / 1000).toFixed(2)} nA of direct current in the last second.`;
    return fault('direct-current', electrode, message, picoamps / 1000, maxPicoamps / 1000, 'nA');
  }

  #checkVoltage(
    record: ElectrodeMeasurements,
    { electrode, peakMillivolts, isSaturated }: Measured,
  ): Fault | undefined {
    record.saturated = isSaturated ? record.saturated + 1 : 0;
    if (record.saturated < inARowToTrip) return undefined;
    const message = `The stimulator ran out of voltage on electrode ${electrode} in ${inARowToTrip} pulses in a row (${(peakMillivolts / 1000).toFixed(2)} V): the phases do not balance any more.`;
    return fault('compliance', electrode, message, peakMillivolts / 1000, undefined, 'V');
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    for (const [electrode, record] of archive.json([...this.#electrodes])) this.#electrodes.set(electrode, record);
  }
}

/** Amount and sign of the first phase. */
function checkAmount(permit: Permit, { electrode, firstFemtocoulombs }: Measured, asked: number): Fault | undefined {
  const expected = permit.request.leadingPhase === 'cathodic' ? -asked : asked;
  if (Math.abs(firstFemtocoulombs - expected) <= (asked * scaleTolerancePermille) / 1000) return undefined;
  const [value, bound] = [firstFemtocoulombs / 1e6, expected / 1e6];
  const message = `Electrode ${electrode} was given ${value.toPrecision(4)} nC in the first phase; ${bound.toPrecision(4)} nC were asked.`;
  return fault('wrong-delivery', electrode, message, value, bound, 'nC');
}

/** One is enough: whatever left this voltage, the electrode was not discharged before its pulse. */
function checkResidual({ electrode, residualMillivolts }: Measured, maxMillivolts: number): Fault | undefined {
  const value = Math.abs(residualMillivolts);
  if (value <= maxMillivolts) return undefined;
  const message = `Electrode ${electrode} had ${residualMillivolts} mV before its pulse; ${maxMillivolts} mV of either sign are allowed.`;
  return fault('residual-voltage', electrode, message, value, maxMillivolts, 'mV');
}

function fault(
  code: FaultCode,
  electrode: number,
  message: string,
  value?: number,
  bound?: number,
  unit?: string,
): Fault {
  return {
    code,
    message,
    electrode,
    ...(value === undefined ? {} : { value }),
    ...(bound === undefined ? {} : { bound }),
    ...(unit === undefined ? {} : { unit }),
  };
}
