import { describe, expect, it } from 'vitest';
import type { RefusalCode } from '../../../common/contract/refusals.ts';
import { checkDose } from './check-dose.ts';
import type { Dose } from './dose.ts';
import { insideRequest, type LimitChange, openDose, openSnapshot, testLimits } from './limits.fixture.ts';
import type { StimulusRequest } from './stimulus-request.ts';

const microsecondNs = 1e3;
const millisecondNs = 1e6;
const secondNs = 1e9;
const hourNs = 3600 * secondNs;
/** Of `insideRequest`: 450 µs, 1 nC, at 50 kΩ 500 pJ. */
const durationNs = 450 * microsecondNs;

const refusal = (code: RefusalCode, value: number, bound: number) => ({ kind: 'refusal', code, value, bound });

/** Rates, totals and neighbours are out of the way of the other limits. */
const fast: LimitChange = {
  electrode: { rateMaxMillihertz: 500_000 },
  total: { rateMaxMillihertz: 3_200_000, pulsesPerSessionMax: 2_000_000 },
};

/** A dose and the limits that it is judged by. */
function setUp(change: LimitChange = {}) {
  const limits = testLimits(change);
  const dose = openDose(limits);
  const check = (nowNs: number, request: Partial<StimulusRequest> = {}, over: Dose = dose) => {
    const asked = { ...insideRequest, ...request };
    return checkDose(asked, limits.electrodes.get(asked.electrode)!, openSnapshot({ limits, dose: over, nowNs }));
  };
  const give = (
    nowNs: number,
    {
      electrode = 3,
      amplitudeNanoamps = 5000,
      chargeFemtocoulombs = 1_000_000,
      ns = durationNs,
      picojoules = 500,
    } = {},
  ) => dose.add(electrode, nowNs, { durationNs: ns, chargeFemtocoulombs, amplitudeNanoamps, picojoules });
  return { limits, dose, check, give };
}

describe('checkDose', () => {
  it('lets a first pulse through', () => {
    expect(setUp().check(secondNs)).toBeUndefined();
  });

  it('H58: refuses an electrode of which no dose is kept', () => {
    const { dose } = setUp({ electrodes: [7] });
    expect(setUp().check(secondNs, {}, dose)).toEqual(refusal('electrode-not-covered', 3, 0));
  });

  it('H61: refuses a pulse on an electrode whose pulse before has not ended', () => {
    const { check, give } = setUp(fast);
    give(secondNs);
    expect(check(secondNs)).toEqual(refusal('electrode-busy', 450, 0));
    expect(check(secondNs + durationNs - 1)).toEqual(refusal('electrode-busy', 0.001, 0));
    expect(check(secondNs + durationNs)).toBeUndefined();
    expect(check(secondNs - 1)).toEqual(refusal('electrode-busy', 450.001, 0));
    expect(check(NaN)).toEqual(refusal('electrode-busy', NaN, 0));
    expect(check(secondNs, { electrode: 7 })).toBeUndefined();
  });

  it('S08: refuses one pulse more than the rate allows in any second', () => {
    const { check, give } = setUp();
    for (let pulse = 0; pulse < 19; pulse++) give(pulse * 10 * millisecondNs);
    expect(check(190 * millisecondNs)).toBeUndefined();
    give(190 * millisecondNs);
    expect(check(200 * millisecondNs)).toEqual(refusal('electrode-rate', 21, 20));
    expect(check(secondNs - 1)).toEqual(refusal('electrode-rate', 21, 20));
    expect(check(secondNs)).toBeUndefined();
    expect(check(200 * millisecondNs, { electrode: 7 })).toBeUndefined();
  });

  it('S08: counts rates below 1 Hz in a longer window, and allows nothing at a rate of 0', () => {
    const slow = setUp({ electrode: { rateMaxMillihertz: 250 } });
    slow.give(0);
    expect(slow.check(4 * secondNs - 1)).toEqual(refusal('electrode-rate', 0.5, 0.25));
    expect(slow.check(4 * secondNs)).toBeUndefined();
    const never = setUp({ electrode: { rateMaxMillihertz: 0 } });
    expect(never.check(hourNs)).toEqual(refusal('electrode-rate', 1, 0));
  });

  it('S08: refuses a pulse that would end after the longest train', () => {
    const { check, give } = setUp({ ...fast, electrode: { ...fast.electrode, trainMaxMilliseconds: 200 } });
    give(0);
    give(90 * millisecondNs);
    give(180 * millisecondNs);
    const latest = 200 * millisecondNs - durationNs;
    expect(check(latest)).toBeUndefined();
    expect(check(latest - 1)).toBeUndefined();
    expect(check(latest + 1)).toEqual(refusal('train-length', 0.200000001, 0.2));
    const pausedAt = 180 * millisecondNs + durationNs + 100 * millisecondNs;
    expect(check(pausedAt - 1)).toEqual(refusal('train-length', (pausedAt - 1 + durationNs) / 1e9, 0.2));
    expect(check(pausedAt)).toBeUndefined();
    expect(check(90 * millisecondNs, { electrode: 7 })).toBeUndefined();
  });

  it('S08: refuses a pulse that is itself longer than the longest train', () => {
    expect(setUp({ electrode: { trainMaxMilliseconds: 0 } }).check(secondNs)).toEqual(
      refusal('train-length', 0.00045, 0),
    );
  });

  it('S08: refuses on-time beyond its share of 60 s', () => {
    // 1 ‰ of 60 s: 60 ms.
    const { check, give } = setUp({ ...fast, electrode: { ...fast.electrode, onTimeMaxPermille: 1 } });
    give(0);
    const at = (nowNs: number) => check(nowNs);
    const latest = 60 * millisecondNs - durationNs;
    expect(at(latest)).toBeUndefined();
    expect(at(latest - 1)).toBeUndefined();
    expect(at(latest + 1)?.code).toBe('on-time');
    expect(at(latest + 1)).toEqual(refusal('on-time', ((60 * millisecondNs + 1) * 1000) / 60e9 / 10, 0.1));
    give(latest);
    expect(at(30 * secondNs)).toEqual(refusal('on-time', (60.45 * millisecondNs * 1000) / 60e9 / 10, 0.1));
    expect(at(62 * secondNs - 1)?.code).toBe('on-time');
    expect(at(62 * secondNs)).toBeUndefined();
  });

  it('H77: refuses one pulse more than a day’s, those of earlier sessions counted', () => {
    const { check, dose, give } = setUp({ ...fast, electrode: { ...fast.electrode, pulsesPerDayMax: 1000 } });
    dose.addEarlier([{ electrode: 3, ageNs: 20 * hourNs, pulses: 998, chargeFemtocoulombs: 0 }], 0);
    give(0);
    expect(check(secondNs)).toBeUndefined();
    give(secondNs);
    expect(check(2 * secondNs)).toEqual(refusal('day-pulses', 1001, 1000));
    expect(check(2 * secondNs, { electrode: 7 })).toBeUndefined();
    // The bucket of 600 s that the earlier ones lie in leaves the window whole.
    expect(check(4 * hourNs + 599 * secondNs)).toEqual(refusal('day-pulses', 1001, 1000));
    expect(check(4 * hourNs + 600 * secondNs)).toBeUndefined();
  });

  it('H77: refuses the charge that is more than a day’s, to the fC', () => {
    const most = 5_000_000_000;
    const { check, dose } = setUp({ ...fast, electrode: { ...fast.electrode, chargePerDayMaxFemtocoulombs: most } });
    dose.addEarlier([{ electrode: 3, ageNs: hourNs, pulses: 1, chargeFemtocoulombs: most - 1_000_000 }], 0);
    const charge = (amplitudeNanoamps: number, phaseMicroseconds: number) =>
      check(secondNs, { amplitudeNanoamps, phaseMicroseconds });
    expect(charge(5000, 200)).toBeUndefined();
    expect(charge(9901, 101)).toEqual(refusal('day-charge', (most + 1) / 1e9, 5));
    expect(charge(2439, 410)).toBeUndefined();
    expect(check(secondNs, { electrode: 7 })).toBeUndefined();
  });

  it('refuses an amplitude that rises too fast, by step or in time', () => {
    const slow = { amplitudeStepMaxPermille: 100, amplitudeSlewMaxPermillePerSecond: 200 };
    const { check, give } = setUp({ ...fast, electrode: { ...fast.electrode, ...slow } });
    expect(check(0, { amplitudeNanoamps: 1 })).toEqual(refusal('amplitude-rise', 0.001, 0));
    expect(check(0.25e9, { amplitudeNanoamps: 500 })).toBeUndefined();
    expect(check(0.25e9, { amplitudeNanoamps: 501 })).toEqual(refusal('amplitude-rise', 0.501, 0.5));
    expect(check(9e9, { amplitudeNanoamps: 1000 })).toBeUndefined();
    expect(check(9e9, { amplitudeNanoamps: 1001 })).toEqual(refusal('amplitude-rise', 1.001, 1));
    give(9e9, { amplitudeNanoamps: 4000 });
    expect(check(20e9, { amplitudeNanoamps: 5000 })).toBeUndefined();
    expect(check(20e9, { amplitudeNanoamps: 5001 })).toEqual(refusal('amplitude-rise', 5.001, 5));
    expect(check(20e9, { amplitudeNanoamps: 3 })).toBeUndefined();
  });

  const electrodes = [0, 1, 2, 3, 4, 5, 6, 7];

  it('H60: refuses one electrode more than may stimulate at once', () => {
    const { check, give } = setUp({ ...fast, electrodes, total: { ...fast.total, simultaneousElectrodesMax: 3 } });
    give(secondNs, { electrode: 0 });
    give(secondNs, { electrode: 1 });
    expect(check(secondNs, { electrode: 2 })).toBeUndefined();
    give(secondNs + 100, { electrode: 2 });
    expect(check(secondNs + 200)).toEqual(refusal('simultaneous-electrodes', 4, 3));
    expect(check(secondNs + durationNs - 1)).toEqual(refusal('simultaneous-electrodes', 4, 3));
    expect(check(secondNs + durationNs)).toBeUndefined();
  });

  it('H60: refuses current beyond what may flow at once', () => {
    const { check, give } = setUp({ ...fast, electrodes, total: { ...fast.total, currentMaxNanoamps: 12_000 } });
    give(secondNs, { electrode: 0, amplitudeNanoamps: 4000 });
    give(secondNs, { electrode: 1, amplitudeNanoamps: 3001 });
    expect(check(secondNs, { amplitudeNanoamps: 4999 })).toBeUndefined();
    expect(check(secondNs, { amplitudeNanoamps: 4998 })).toBeUndefined();
    expect(check(secondNs, { amplitudeNanoamps: 5000 })).toEqual(refusal('total-current', 12.001, 12));
    expect(check(secondNs + durationNs, { amplitudeNanoamps: 5000 })).toBeUndefined();
  });

  it('H60: refuses charge beyond one electrode’s that neighbours share within a millisecond', () => {
    const { check, give } = setUp({ ...fast, electrodes, pitchMicrometres: 400 });
    give(secondNs, { electrode: 2, chargeFemtocoulombs: 600_000 });
    give(secondNs, { electrode: 4, chargeFemtocoulombs: 400_000 });
    expect(check(secondNs)).toBeUndefined();
    expect(check(secondNs, { amplitudeNanoamps: 4995 })).toBeUndefined();
    expect(check(secondNs, { amplitudeNanoamps: 5001 })).toEqual(refusal('neighbour-charge', 2.0002, 2));
    expect(check(secondNs + millisecondNs - 1, { amplitudeNanoamps: 5001 })).toEqual(
      refusal('neighbour-charge', 2.0002, 2),
    );
    expect(check(secondNs + millisecondNs, { amplitudeNanoamps: 5001 })).toBeUndefined();
    expect(check(secondNs, { electrode: 6, amplitudeNanoamps: 5001 })).toBeUndefined();
  });

  it('H60: refuses a pulse that would break the share of a neighbour which came first', () => {
    const { check, give } = setUp({ ...fast, electrodes, pitchMicrometres: 400 });
    give(secondNs, { electrode: 2, chargeFemtocoulombs: 100_000 });
    give(secondNs, { electrode: 1, chargeFemtocoulombs: 1_500_000 });
    expect(check(secondNs, { amplitudeNanoamps: 2000 })).toBeUndefined();
    expect(check(secondNs, { amplitudeNanoamps: 2001 })).toEqual(refusal('neighbour-charge', 2.0002, 2));
  });

  it('S08: refuses one pulse more than the rate over all electrodes allows', () => {
    const { check, give } = setUp();
    for (let pulse = 0; pulse < 29; pulse++) give(pulse * 10 * millisecondNs, { electrode: pulse % 2 === 0 ? 3 : 7 });
    expect(check(290 * millisecondNs)).toBeUndefined();
    give(290 * millisecondNs, { electrode: 7 });
    expect(check(300 * millisecondNs)).toEqual(refusal('total-rate', 31, 30));
    expect(check(secondNs - 1)).toEqual(refusal('total-rate', 31, 30));
    expect(check(secondNs)).toBeUndefined();
    const slow = setUp({ total: { rateMaxMillihertz: 500 } });
    slow.give(0, { electrode: 7 });
    expect(slow.check(2 * secondNs - 1)).toEqual(refusal('total-rate', 1, 0.5));
    expect(slow.check(2 * secondNs)).toBeUndefined();
  });

  it('S08: refuses one pulse more than the session’s', () => {
    const { check, give } = setUp({ total: { pulsesPerSessionMax: 2 } });
    give(0);
    expect(check(secondNs)).toBeUndefined();
    give(secondNs, { electrode: 7 });
    expect(check(100 * hourNs)).toEqual(refusal('session-dose', 3, 2));
  });

  it('S08: refuses a pulse whose energy, with that of all electrodes in 10 s, would warm by more than the limit, to the pJ', () => {
    // The whole pJ below 2π·10⁷, which make 1 mK in 10 s.
    const most = 62_831_853;
    const after = (picojoules: number) => {
      const { check, give } = setUp({ ...fast, total: { ...fast.total, temperatureRiseMaxMillikelvins: 1 } });
      give(secondNs, { electrode: 7, picojoules: picojoules - 1 });
      give(2 * secondNs, { picojoules: 1 });
      return check;
    };
    const tooWarm = refusal('temperature-rise', (most + 1) / (2e7 * Math.PI), 1);
    expect(after(most - 501)(3 * secondNs)).toBeUndefined();
    expect(after(most - 500)(3 * secondNs)).toBeUndefined();
    expect(after(most - 499)(3 * secondNs)).toEqual(tooWarm);
    expect(after(most - 499)(3 * secondNs, { electrode: 7 })).toEqual(tooWarm);
    expect(after(most - 499)(3 * secondNs, { amplitudeNanoamps: 4980 })).toBeUndefined();
    expect(after(most - 499)(11 * secondNs - 1)).toEqual(tooWarm);
    // The bucket of 0.1 s that the first of them lies in leaves the window whole.
    expect(after(most - 499)(11.1 * secondNs - 1)).toEqual(tooWarm);
    expect(after(most - 499)(11.1 * secondNs)).toBeUndefined();
  });

  it('S08: takes the impedance of the electrode that is asked for, and allows nothing at a rise of 0', () => {
    const { limits, dose } = setUp({ ...fast, total: { ...fast.total, temperatureRiseMaxMillikelvins: 1 } });
    const at = (electrode: number, ohms: number) =>
      checkDose(
        { ...insideRequest, electrode },
        limits.electrodes.get(electrode)!,
        openSnapshot({ limits, dose, impedanceOhms: (each) => (each === 3 ? ohms : 1) }),
      );
    // 31,415,926 V make 62,831,852 pJ, and the next mV 2 more.
    expect(at(3, 6_283_185_200)).toBeUndefined();
    expect(at(3, 6_283_185_200.5)).toEqual(refusal('temperature-rise', 62_831_854 / (2e7 * Math.PI), 1));
    expect(at(3, NaN)).toEqual(refusal('temperature-rise', NaN, 1));
    expect(at(3, Infinity)).toEqual(refusal('temperature-rise', Infinity, 1));
    expect(at(7, NaN)).toBeUndefined();
    const never = setUp({ total: { temperatureRiseMaxMillikelvins: 0 } });
    expect(never.check(secondNs)).toEqual(refusal('temperature-rise', 500 / (2e7 * Math.PI), 0));
    const { limits: cold, dose: none } = never;
    const superconducting = openSnapshot({ limits: cold, dose: none, impedanceOhms: () => 0 });
    expect(checkDose(insideRequest, cold.electrodes.get(insideRequest.electrode)!, superconducting)).toBeUndefined();
  });

  it('refuses a pulse that the ledger on disk has not set aside', () => {
    const { check, dose, give } = setUp();
    dose.reserve(1);
    expect(check(secondNs)).toBeUndefined();
    give(secondNs);
    expect(check(2 * secondNs, { electrode: 7 })).toEqual(refusal('dose-not-reserved', 0, 0));
    dose.reserve(2);
    expect(check(2 * secondNs, { electrode: 7 })).toBeUndefined();
  });

  it('H74: lets nothing through a limit that is not a number', () => {
    const { limits, dose } = setUp();
    const own = limits.electrodes.get(3)!;
    const codes = {
      trainMaxMilliseconds: 'train-length',
      onTimeMaxPermille: 'on-time',
      pulsesPerDayMax: 'day-pulses',
      chargePerDayMaxFemtocoulombs: 'day-charge',
      amplitudeStepMaxPermille: 'amplitude-rise',
      amplitudeSlewMaxPermillePerSecond: 'amplitude-rise',
    };
    for (const [name, code] of Object.entries(codes))
      expect(
        checkDose(insideRequest, { ...own, limits: { ...own.limits, [name]: NaN } }, openSnapshot({ dose }))?.code,
      ).toBe(code);
    const totals = {
      simultaneousElectrodesMax: 'simultaneous-electrodes',
      currentMaxNanoamps: 'total-current',
      pulsesPerSessionMax: 'session-dose',
      temperatureRiseMaxMillikelvins: 'temperature-rise',
    };
    for (const [name, code] of Object.entries(totals)) {
      const total = { ...limits.total, [name]: NaN };
      expect(checkDose(insideRequest, own, openSnapshot({ dose, limits: { ...limits, total } }))?.code).toBe(code);
    }
  });
});
