import { describe, expect, it } from 'vitest';
import { Dose } from './dose.ts';
import { type LimitChange, testLimits } from './limits.fixture.ts';

const secondNs = 1e9;
/** 400 µs, 1 nC, 5 µA, 50 kΩ. */
const cost = { durationNs: 400_000, chargeFemtocoulombs: 1_000_000, amplitudeNanoamps: 5000, picojoules: 500 };
const doseOf = (change: LimitChange = {}) => new Dose(testLimits(change), 0);

/** Electrodes whose charge adds to a pulse of electrode 0. */
function neighboursOf(electrode: number, change: LimitChange): number[] {
  const electrodes = Array.from({ length: 40 }, (_, each) => each);
  return electrodes.filter((other) => {
    const dose = doseOf({ electrodes, ...change });
    dose.add(other, 0, cost);
    return other !== electrode && dose.concurrencyAt(0, electrode).sharedFemtocoulombs > 0;
  });
}

describe('Dose', () => {
  it('S08: counts pulses of each electrode, of all, and of the session', () => {
    const dose = doseOf();
    dose.add(3, 0, cost);
    dose.add(7, 0.1 * secondNs, cost);
    expect(dose.allAt(0.1 * secondNs)).toBe(2);
    expect(dose.allAt(secondNs)).toBe(1);
    expect(dose.allAt(1.1 * secondNs)).toBe(0);
    expect(dose.sessionPulses).toBe(2);
    expect(dose.total).toEqual({ windowNs: secondNs, pulses: 30 });
    expect(dose.historyOf(3)?.dayPulsesAt(secondNs)).toBe(1);
    expect(dose.historyOf(7)?.busyUntilNs).toBe(0.1 * secondNs + 400_000);
  });

  it('S08: sums the energy of all electrodes over 10 s and at most 0.1 s more, also under tighter limits', () => {
    const dose = doseOf();
    dose.add(3, 0.05 * secondNs, cost);
    dose.add(7, 0.2 * secondNs, { ...cost, picojoules: 7 });
    dose.add(4, 0.2 * secondNs, cost);
    dose.tighten(testLimits({ total: { rateMaxMillihertz: 1000 } }));
    dose.release(secondNs);
    const [firstOut, secondOut] = [10.1 * secondNs, 10.3 * secondNs];
    expect([secondNs, firstOut - 1, firstOut, secondOut - 1, secondOut].map((at) => dose.picojoulesAt(at))).toEqual([
      507, 507, 7, 7, 0,
    ]);
  });

  it('H58: knows only electrodes that may be stimulated', () => {
    const dose = doseOf();
    dose.add(4, 0, cost);
    expect(dose.historyOf(4)).toBeUndefined();
    expect([dose.allAt(0), dose.sessionPulses, dose.takeUsage()]).toEqual([0, 0, []]);
    expect(dose.concurrencyAt(0, 3).electrodes).toBe(0);
  });

  it.each([
    [100, 8, 17, [0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 16, 18, 19, 20, 21, 24, 25, 26, 27, 28, 32, 33, 34, 35, 36]],
    [200, 8, 17, [1, 8, 9, 10, 16, 18, 19, 24, 25, 26, 33]],
    [283, 8, 17, [9, 16, 18, 25]],
    [282, 8, 17, [8, 9, 10, 16, 18, 24, 25, 26]],
    [400, 8, 17, [9, 16, 18, 25]],
    [401, 8, 17, []],
    [400, 4, 7, [3, 6, 11]],
  ])(
    'H60: takes electrodes up to 400 µm away for neighbours: pitch %d µm, %d columns',
    (pitchMicrometres, gridColumns, electrode, expected) => {
      expect(neighboursOf(electrode, { pitchMicrometres, gridColumns })).toEqual(expected);
    },
  );

  it('H60: takes all electrodes for neighbours while their distance is not known', () => {
    expect(neighboursOf(0, { pitchMicrometres: null })).toHaveLength(39);
  });

  it('H60: shares the charge that the limits in force allow, and none around an electrode that they leave out', () => {
    const near = { electrodes: [3, 4, 7], pitchMicrometres: 100 };
    const dose = doseOf(near);
    dose.add(4, 0, cost);
    expect(dose.concurrencyAt(0, 3)).toMatchObject({
      sharedFemtocoulombs: 1_000_000,
      sharedMaxFemtocoulombs: 2_000_000,
    });
    dose.tighten(testLimits({ ...near, electrode: { chargePerPhaseMaxFemtocoulombs: 1_500_000 } }));
    expect(dose.concurrencyAt(0, 3)).toMatchObject({
      sharedFemtocoulombs: 1_000_000,
      sharedMaxFemtocoulombs: 1_500_000,
    });
    dose.tighten(testLimits({ ...near, electrodes: [3, 7] }));
    expect(dose.concurrencyAt(0, 3)).toMatchObject({ sharedFemtocoulombs: 1_000_000, sharedMaxFemtocoulombs: 0 });
  });

  it('H60: forgets no pulse that still matters, however many short ones follow it', () => {
    const electrodes = [0, 1, 60, 62];
    const dose = doseOf({ electrodes, pitchMicrometres: 100, total: { rateMaxMillihertz: 3_200_000 } });
    dose.add(1, 0, { ...cost, durationNs: 2_100_000 });
    for (let pulse = 0; pulse < 900; pulse++)
      dose.add(60 + 2 * (pulse % 2), pulse * 1000, { ...cost, durationNs: 500 });
    expect(dose.concurrencyAt(900_000, 0)).toMatchObject({
      electrodes: 1,
      nanoamps: 5000,
      sharedFemtocoulombs: 1_000_000,
    });
  });

  it('adds what earlier sessions gave, to the electrodes that may still be stimulated', () => {
    const dose = doseOf();
    const nowNs = 1000 * secondNs;
    const hourNs = 3600 * secondNs;
    dose.addEarlier(
      [
        { electrode: 3, ageNs: 23 * hourNs, pulses: 10, chargeFemtocoulombs: 500 },
        { electrode: 4, ageNs: 23 * hourNs, pulses: 1, chargeFemtocoulombs: 1 },
        { electrode: 3, ageNs: hourNs, pulses: 7, chargeFemtocoulombs: 30 },
      ],
      nowNs,
    );
    const history = dose.historyOf(3)!;
    expect([history.dayPulsesAt(nowNs), history.dayChargeAt(nowNs)]).toEqual([17, 530]);
    expect([history.dayPulsesAt(nowNs + 2 * hourNs), history.dayChargeAt(nowNs + 2 * hourNs)]).toEqual([7, 30]);
    expect(dose.historyOf(7)!.dayPulsesAt(nowNs)).toBe(0);
    expect([dose.sessionPulses, dose.allAt(nowNs)]).toEqual([0, 0]);
  });

  it('has a pulse set aside for every electrode until one electrode has used its share', () => {
    const dose = doseOf();
    expect([dose.isNextReserved, dose.reservedLeft]).toEqual([false, 0]);
    dose.reserve(3);
    expect([dose.isNextReserved, dose.reservedLeft]).toEqual([true, 3]);
    dose.add(3, 0, cost);
    dose.add(7, 0, cost);
    dose.add(7, 1, cost);
    expect([dose.isNextReserved, dose.reservedLeft]).toEqual([true, 1]);
    dose.add(7, 2, cost);
    expect([dose.isNextReserved, dose.reservedLeft]).toEqual([false, 0]);
  });

  it('hands out what was given since the last time, and keeps what is left of the reservation', () => {
    const dose = doseOf();
    dose.reserve(3);
    dose.add(3, 0, cost);
    dose.add(7, 0, cost);
    dose.add(3, 1, { ...cost, chargeFemtocoulombs: 5 });
    expect(dose.takeUsage()).toEqual([
      { electrode: 3, pulses: 2, chargeFemtocoulombs: 1_000_005 },
      { electrode: 7, pulses: 1, chargeFemtocoulombs: 1_000_000 },
    ]);
    expect([dose.isNextReserved, dose.reservedLeft]).toEqual([true, 1]);
    expect(dose.takeUsage()).toEqual([]);
    dose.add(7, 2, cost);
    expect(dose.isNextReserved).toBe(false);
    expect(dose.takeUsage()).toEqual([{ electrode: 7, pulses: 1, chargeFemtocoulombs: 1_000_000 }]);
    expect(dose.sessionPulses).toBe(4);
  });

  it('counts a new reservation from the last hand-out on', () => {
    const dose = doseOf();
    dose.reserve(2);
    dose.takeUsage();
    dose.add(3, 0, cost);
    dose.reserve(2);
    expect(dose.reservedLeft).toBe(1);
  });

  it('S08: holds tighter rates from now on, over what was given before as well', () => {
    const dose = doseOf();
    for (let pulse = 0; pulse < 10; pulse++) dose.add(3, pulse * 1e6, cost);
    dose.tighten(testLimits({ electrode: { rateMaxMillihertz: 5000 }, total: { rateMaxMillihertz: 8000 } }));
    expect(dose.total).toEqual({ windowNs: secondNs, pulses: 8 });
    expect(dose.allAt(9e6)).toBe(8);
    expect(dose.historyOf(3)!.recentAt(9e6)).toBe(5);
    expect(dose.allAt(5 * secondNs)).toBe(0);
    dose.tighten(testLimits({ total: { rateMaxMillihertz: 100 } }));
    expect(dose.total).toEqual({ windowNs: 10 * secondNs, pulses: 1 });
    expect(dose.allAt(5 * secondNs)).toBe(1);
  });

  it('H58: learns of no further electrode from limits that hold later', () => {
    const dose = doseOf();
    dose.tighten(testLimits({ electrodes: [3, 4], total: { rateMaxMillihertz: 5000 } }));
    expect(dose.historyOf(4)).toBeUndefined();
    expect(dose.total.pulses).toBe(5);
  });

  it('lets the amplitude of every electrode rise from zero when the rig is armed', () => {
    const dose = doseOf();
    dose.add(3, 0, cost);
    dose.add(7, 0, cost);
    dose.release(secondNs);
    expect([3, 7].map((electrode) => dose.historyOf(electrode)!.lastAmplitudeNanoamps)).toEqual([0, 0]);
    const { limits } = testLimits({ electrode: { amplitudeSlewMaxPermillePerSecond: 100 } }).electrodes.get(3)!;
    expect(dose.historyOf(3)!.amplitudeReachNanoamps(1.5 * secondNs, limits)).toBe(500);
  });

  it('lets the amplitude rise from when the rig was connected', () => {
    const limits = testLimits({ electrode: { amplitudeSlewMaxPermillePerSecond: 100 } });
    const history = new Dose(limits, 10 * secondNs).historyOf(3)!;
    expect(history.amplitudeReachNanoamps(10.5 * secondNs, limits.electrodes.get(3)!.limits)).toBe(500);
  });
});
