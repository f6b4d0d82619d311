import { describe, expect, it } from 'vitest';
import { virtualFaultSchema, type VirtualFaultRequest } from '../../common/device-protocol/virtual-fault.ts';
import type { PulseFault } from './fault-plan.ts';
import { electrodeLoad, measurePulse, referenceLoad } from './measure-pulse.ts';
import { pulseMessage } from './stimulator.fixture.ts';

const electrode = electrodeLoad(50_000, 0);
/** 10 µA × 200 µs: 2 nC. */
const pulse = pulseMessage({
  firstNanoamps: -10_000,
  firstMicroseconds: 200,
  secondNanoamps: 10_000,
  secondMicroseconds: 200,
});

function measured(fault?: VirtualFaultRequest) {
  const parsed = fault && (virtualFaultSchema.parse(fault) as PulseFault);
  return measurePulse(pulse, parsed, electrode, 10_000);
}

describe('a pulse, as it is measured', () => {
  it('has the charge of each phase with its sign, and the voltage of I·Z and the charged double layer', () => {
    expect(measured()).toEqual({
      applied: pulse,
      firstFemtocoulombs: -2_000_000,
      secondFemtocoulombs: 2_000_000,
      peakMillivolts: 500 + 200,
      isSaturated: false,
      residualMillivolts: 0,
    });
  });

  it('has the voltage of its second phase when that is the larger one', () => {
    const steep = { ...pulse, secondNanoamps: 40_000, secondMicroseconds: 50 };
    expect(measurePulse(steep, undefined, electrode, 10_000).peakMillivolts).toBe(2000);
  });

  it('goes through a plain resistor while the relay is open', () => {
    expect(measurePulse(pulse, undefined, referenceLoad, 10_000).peakMillivolts).toBe(100);
  });

  it('H10: has the whole millivolts that stood on its electrode before, and needs that much more or less voltage', () => {
    const polarised = (millivolts: number) => {
      const { residualMillivolts, peakMillivolts, isSaturated } = measurePulse(
        pulse,
        undefined,
        electrodeLoad(50_000, millivolts),
        10_000,
      );
      return [residualMillivolts, peakMillivolts, isSaturated];
    };
    expect(polarised(-50.4)).toEqual([-50, 750, false]);
    expect(polarised(50.6)).toEqual([51, 649, false]);
    expect(polarised(-9300)).toEqual([-9300, 10_000, false]);
    expect(polarised(-9301)).toEqual([-9301, 10_000, true]);
    // No more than it can measure.
    expect(polarised(-10_001)).toEqual([-10_000, 10_000, true]);
    expect(polarised(10_700)).toEqual([10_000, 10_000, true]);
  });

  it('H08: saturates where an electrode is open, and says no more than the compliance voltage', () => {
    const open = electrodeLoad(1_000_000_000, 0);
    expect(measurePulse(pulse, undefined, open, 10_000)).toMatchObject({ isSaturated: true, peakMillivolts: 10_000 });
    const edge = { ...referenceLoad, ohms: 1_000_000 };
    expect(measurePulse(pulse, undefined, edge, 10_000).isSaturated).toBe(false);
    expect(measurePulse(pulse, undefined, edge, 9_999).isSaturated).toBe(true);
  });

  it('shows what goes wrong with it', () => {
    const charges = (fault: VirtualFaultRequest) => {
      const { firstFemtocoulombs, secondFemtocoulombs } = measured(fault);
      return [firstFemtocoulombs, secondFemtocoulombs];
    };
    expect(charges({ fault: 'imbalance', permille: 25 })).toEqual([-2_000_000, 2_050_000]);
    expect(charges({ fault: 'wrong-polarity' })).toEqual([2_000_000, -2_000_000]);
    expect(charges({ fault: 'wrong-scale', permille: 1100 })).toEqual([-2_200_000, 2_200_000]);
    expect(measured({ fault: 'saturate' })).toMatchObject({ isSaturated: true, peakMillivolts: 10_000 });
  });

  it('is as it was asked for when only its acknowledgement goes wrong', () => {
    const faults: VirtualFaultRequest[] = [
      { fault: 'no-acknowledgement' },
      { fault: 'slow-acknowledgement', milliseconds: 1 },
      { fault: 'wrong-acknowledgement', field: 'amplitude' },
    ];
    for (const fault of faults) expect(measured(fault), fault.fault).toEqual(measured());
  });
});
