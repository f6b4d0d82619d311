import fc from 'fast-check';
import { env } from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import { brokenByDose, type Past, type PastPulse, pulseOf } from './dose-oracle.fixture.ts';
import type { DecisionContext, Interlock } from './interlock.ts';
import { insideRequest, openNowNs, openSnapshot, testLimits } from './limits.fixture.ts';
import { brokenByMoment, brokenByPulse } from './pulse-oracle.fixture.ts';
import { stimulatingInterlock, testSession } from './stimulating-interlock.fixture.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** More or fewer runs of a property than every time. */
const runs = (usual: number) => Math.ceil(usual * Number(env['EXOCORTEX_PROPERTY_RUNS'] ?? 1));
vi.setConfig({ testTimeout: 30_000 + runs(30_000) });

const secondNs = 1e9;
const hourNs = 3600 * secondNs;
/** Three rows of three. */
const electrodes = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** Electrodes and stimulator: usual ones, and voltages at which few pulses warm by 1 mK. */
const circuits: Record<'usual' | 'warming', Pick<DecisionContext, 'impedanceOhms' | 'complianceMillivolts'>> = {
  usual: { impedanceOhms: () => 50_000, complianceMillivolts: 10_000 },
  warming: {
    impedanceOhms: (electrode: number) => (electrode % 2 === 0 ? 5e10 : 4.9e10 + 0.5),
    complianceMillivolts: 1e9,
  },
};

function contextAt(nowNs: number, session = testSession, circuit = circuits.usual): DecisionContext {
  const { doesPhaseStimulate, heldNs, capability } = openSnapshot();
  const times = { nowNs, acquiredNs: nowNs, heardNs: nowNs, presentNs: nowNs, heldNs };
  return { doesPhaseStimulate, capability, ...circuit, confirmedSession: session, ...times };
}
const isPermitted = (interlock: Interlock, request: StimulusRequest, nowNs: number) =>
  !('kind' in interlock.decide(request, contextAt(nowNs)));

const loose = {
  electrode: {
    chargePerPhaseMaxFemtocoulombs: 2_000_000,
    rateMaxMillihertz: 500_000,
    trainMaxMilliseconds: 5000,
    onTimeMaxPermille: 1000,
    pulsesPerDayMax: 10_000_000,
    chargePerDayMaxFemtocoulombs: 2e14,
    amplitudeStepMaxPermille: 1000,
    amplitudeSlewMaxPermillePerSecond: 1_000_000,
  },
  total: {
    rateMaxMillihertz: 1_000_000,
    pulsesPerSessionMax: 2_000_000,
    simultaneousElectrodesMax: 16,
    currentMaxNanoamps: 200_000,
    temperatureRiseMaxMillikelvins: 1000,
  },
};
type Tightness = typeof loose;
/** Of each limit, values that bite within a few pulses. */
const tight = {
  electrode: fc.record(
    {
      chargePerPhaseMaxFemtocoulombs: fc.constantFrom(200_000, 800_000),
      rateMaxMillihertz: fc.constantFrom(0, 300, 999, 1000, 1999, 3000, 10_000),
      trainMaxMilliseconds: fc.constantFrom(1, 100, 250),
      onTimeMaxPermille: fc.constantFrom(1, 2, 5, 100),
      pulsesPerDayMax: fc.constantFrom(0, 3, 12, 12, 25),
      chargePerDayMaxFemtocoulombs: fc.constantFrom(0, 900_000, 3_000_000, 9_000_000),
      amplitudeStepMaxPermille: fc.constantFrom(100, 400),
      amplitudeSlewMaxPermillePerSecond: fc.constantFrom(20, 1000),
    },
    { requiredKeys: [] },
  ),
  total: fc.record(
    {
      rateMaxMillihertz: fc.constantFrom(0, 700, 1000, 5000, 30_000, 30_000),
      pulsesPerSessionMax: fc.constantFrom(0, 2, 15, 15, 40),
      simultaneousElectrodesMax: fc.constantFrom(1, 2, 3),
      currentMaxNanoamps: fc.constantFrom(3000, 6000),
      temperatureRiseMaxMillikelvins: fc.constantFrom(0, 1, 4, 4),
    },
    { requiredKeys: [] },
  ),
};
/** So many of the values, beginning with that of number `from`. */
function turned<T extends object>(values: T, from: number, count: number): Partial<T> {
  const entries = Object.entries(values);
  const start = entries.length === 0 ? 0 : from % entries.length;
  return Object.fromEntries([...entries.slice(start), ...entries.slice(0, start)].slice(0, count)) as Partial<T>;
}
/** At most two limits of an electrode and one of all, so that pulses are permitted and each limit has its turn. */
const tightness: fc.Arbitrary<Tightness> = fc
  .tuple(tight.electrode, tight.total, fc.nat(7), fc.nat(4))
  .map(([electrode, total, from, fromTotal]) => ({
    electrode: { ...loose.electrode, ...turned(electrode, from, 2) },
    total: { ...loose.total, ...turned(total, fromTotal, 1) },
  }));

const smaller = <T extends Record<string, number>>(a: T, b: T): T =>
  Object.fromEntries(Object.keys(a).map((name) => [name, Math.min(a[name]!, b[name]!)])) as T;

/** Electrodes with odd numbers carry half the charge of the others. */
function limitsOf({ electrode, total }: Tightness, pitchMicrometres: number | null): LimitsInForce {
  const limits = testLimits({ electrodes, electrode, total, pitchMicrometres, gridColumns: 3 });
  const most = electrode.chargePerPhaseMaxFemtocoulombs / 2;
  const halved = [...limits.electrodes].map(([number, own]) =>
    number % 2 === 0
      ? ([number, own] as const)
      : ([number, { ...own, limits: { ...own.limits, chargePerPhaseMaxFemtocoulombs: most } }] as const),
  );
  return { ...limits, electrodes: new Map(halved) };
}

const wait = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 1, 40_000, 140_000, 999_999, 1e6, 99_999_999, 100e6, 1e9 - 1, 1e9) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 1_000_000 }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 130_000_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 4_000_000_000 }) },
);
const longWait = fc.constantFrom(
  59 * secondNs,
  60 * secondNs,
  61 * secondNs,
  hourNs,
  23 * hourNs,
  24 * hourNs,
  100 * hourNs,
);
const pulse = fc.record({
  electrode: fc.oneof(fc.constantFrom(3, 4), fc.constantFrom(...electrodes)),
  amplitudeNanoamps: fc.oneof(fc.constantFrom(1000, 2000, 3000), fc.integer({ min: 1, max: 4000 })),
  phaseMicroseconds: fc.oneof(fc.constantFrom(20, 100, 200), fc.integer({ min: 20, max: 250 })),
  interphaseMicroseconds: fc.constantFrom(0, 100),
});
const step = fc.oneof(
  { weight: 40, arbitrary: fc.record({ kind: fc.constant('pulse' as const), wait, pulse }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('tighten' as const), wait: fc.oneof(wait, longWait), tightness }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('arm again' as const), wait: longWait }) },
);
const earlierDose = fc.record({
  electrode: fc.constantFrom(...electrodes),
  ageNs: fc.integer({ min: 0, max: 26 * 3600 }).map((seconds) => seconds * secondNs),
  pulses: fc.integer({ min: 0, max: 12 }),
  chargeFemtocoulombs: fc.integer({ min: 0, max: 2_000_000 }),
});

/** Off, and on again in the next device session. */
function armAgain(interlock: Interlock, nowNs: number, session: number): void {
  interlock.apply({ kind: 'stop', nowNs });
  interlock.apply({ kind: 'device-heard', isOutputOn: false, isDry: false, burnedSession: session - 1, nowNs });
  interlock.apply({ kind: 'arm-requested', limitsHash: 'hash', nowNs });
  interlock.apply({ kind: 'checks-passed', nowNs });
  interlock.apply({ kind: 'arm-confirmed', session, limitsHash: 'hash', heldMilliseconds: 1000, nowNs });
  interlock.apply({ kind: 'run-started', isRecorded: true, isConfirmed: true, nowNs });
}

describe('dose', () => {
  it('S08: stays within every cap over any sequence of requests, tightenings and armings, also with earlier doses; and nothing else is refused', () => {
    fc.assert(
      fc.property(
        tightness,
        fc.constantFrom(null, 200, 300, 401),
        fc.array(earlierDose, { maxLength: 4 }),
        fc.constantFrom(3, 20, Infinity, Infinity, Infinity),
        fc.constantFrom(circuits.usual, circuits.warming),
        fc.array(step, { minLength: 20, maxLength: 80 }),
        (first, pitch, before, reserved, circuit, steps) => {
          let now = first;
          let limits = limitsOf(now, pitch);
          let [nowNs, session] = [openNowNs, testSession];
          const interlock = stimulatingInterlock(nowNs, limits);
          interlock.dose.reserve(reserved);
          const oldestFirst = [...before].sort((a, b) => b.ageNs - a.ageNs);
          interlock.addEarlierDose(oldestFirst, nowNs);
          const earlier = before.map(({ ageNs, chargeFemtocoulombs: femtocoulombs, ...dose }) => ({
            ...dose,
            femtocoulombs,
            atNs: openNowNs - ageNs,
          }));
          const pulses: PastPulse[] = [];
          let past: Past = { pulses, earlier, releasedNs: nowNs, pulsesBeforeRelease: 0, reserved };
          for (const happening of steps) {
            nowNs += happening.wait;
            switch (happening.kind) {
              case 'tighten':
                now = {
                  electrode: smaller(now.electrode, happening.tightness.electrode),
                  total: smaller(now.total, happening.tightness.total),
                };
                limits = limitsOf(now, pitch);
                interlock.tighten(limits);
                break;
              case 'arm again':
                armAgain(interlock, nowNs, ++session);
                past = { ...past, releasedNs: nowNs, pulsesBeforeRelease: pulses.length };
                break;
              case 'pulse': {
                const request = { ...insideRequest, ...happening.pulse };
                const verdict = interlock.decide(request, contextAt(nowNs, session, circuit));
                const snapshot = openSnapshot({ limits, nowNs, dose: interlock.dose, ...circuit });
                const broken = (leeway: 'none' | 'buckets') => [
                  ...brokenByPulse(request, snapshot, leeway),
                  ...brokenByMoment(request, snapshot),
                  ...brokenByDose(request, snapshot, past, leeway),
                ];
                if ('kind' in verdict) expect(broken('buckets')).toContain(verdict.code);
                else {
                  expect(broken('none')).toEqual([]);
                  pulses.push(pulseOf(request, nowNs, circuit.impedanceOhms(request.electrode)));
                }
              }
            }
          }
        },
      ),
      { numRuns: runs(600) },
    );
  });

  it('H60: keeps current, number and shared charge of random sets of electrodes within their bounds, in any order', () => {
    const set = fc.array(fc.record({ wait: fc.oneof(fc.constant(0), fc.nat(300_000)), pulse }), {
      minLength: 4,
      maxLength: 40,
    });
    fc.assert(
      fc.property(set, fc.constantFrom(150, 200, 280, 400), (steps, pitch) => {
        const limits = testLimits({
          electrodes,
          electrode: { rateMaxMillihertz: 500_000 },
          total: { rateMaxMillihertz: 3_200_000, simultaneousElectrodesMax: 4, currentMaxNanoamps: 12_000 },
          pitchMicrometres: pitch,
          gridColumns: 3,
        });
        const interlock = stimulatingInterlock(0, limits);
        let nowNs = openNowNs;
        const given: PastPulse[] = [];
        for (const { wait, pulse } of steps) {
          nowNs += wait;
          const request = { ...insideRequest, ...pulse };
          if (isPermitted(interlock, request, nowNs)) given.push(pulseOf(request, nowNs, 50_000));
        }
        const distance = (a: number, b: number) =>
          Math.hypot((a % 3) - (b % 3), Math.floor(a / 3) - Math.floor(b / 3)) * pitch;
        for (const { electrode, startNs, femtocoulombs } of given) {
          const now = given.filter((other) => other.startNs <= startNs && other.endNs > startNs);
          expect(new Set(now.map((other) => other.electrode)).size).toBeLessThanOrEqual(4);
          expect(now.reduce((sum, { nanoamps }) => sum + nanoamps, 0)).toBeLessThanOrEqual(12_000);
          // In every millisecond that this pulse is part of.
          for (const { startNs: fromNs } of given.filter(
            (other) => startNs - other.startNs >= 0 && startNs - other.startNs < 1e6,
          )) {
            const around = given
              .filter((other) => other.startNs >= fromNs && other.startNs < fromNs + 1e6)
              .filter((other) => other.electrode !== electrode && distance(other.electrode, electrode) <= 400)
              .reduce((sum, other) => sum + other.femtocoulombs, femtocoulombs);
            expect(around).toBeLessThanOrEqual(2_000_000);
          }
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it('H61: permits no two pulses on one electrode that overlap, whatever the schedule', () => {
    const schedule = fc.array(fc.record({ wait: fc.nat(600_000), pulse }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(schedule, (steps) => {
        const interlock = stimulatingInterlock(
          0,
          testLimits({
            electrodes,
            electrode: { rateMaxMillihertz: 500_000 },
            total: { rateMaxMillihertz: 3_200_000 },
          }),
        );
        const endsNs = new Map<number, number>();
        let nowNs = openNowNs;
        for (const { wait, pulse } of steps) {
          nowNs += wait;
          const request = { ...insideRequest, ...pulse };
          const asked = pulseOf(request, nowNs, 50_000);
          const verdict = interlock.decide(request, contextAt(nowNs));
          const isBusy = (endsNs.get(request.electrode) ?? 0) > nowNs;
          if (!('kind' in verdict)) {
            expect(isBusy).toBe(false);
            endsNs.set(request.electrode, asked.endNs);
          } else expect(verdict.code === 'electrode-busy').toBe(isBusy);
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it('H77: gives in no 24 hours of a fast day more pulses and charge than a day’s, and goes on when they have left the window', () => {
    const most = 3000;
    const limits = testLimits({
      electrode: { rateMaxMillihertz: 500_000, pulsesPerDayMax: most, chargePerDayMaxFemtocoulombs: 2_500_000_000 },
      total: { rateMaxMillihertz: 3_200_000, pulsesPerSessionMax: 2_000_000 },
    });
    const interlock = stimulatingInterlock(0, limits);
    interlock.addEarlierDose(
      [{ electrode: 3, ageNs: 5 * hourNs, pulses: 1000, chargeFemtocoulombs: 500_000_000 }],
      openNowNs,
    );
    const given: { atNs: number; pulses: number; femtocoulombs: number }[] = [
      { atNs: openNowNs - 5 * hourNs, pulses: 1000, femtocoulombs: 500_000_000 },
    ];
    const refusals = new Map<string, number>();
    let [oldest, pulses, femtocoulombs, after24Hours] = [0, 1000, 500_000_000, 0];
    for (let second = 0; second < 50 * 3600; second += 7) {
      const nowNs = openNowNs + second * secondNs;
      // Small pulses in the first hours, so that their number is the limit; large ones later.
      const amplitudeNanoamps = second < 20 * 3600 ? 1000 : 6500;
      const verdict = interlock.decide({ ...insideRequest, amplitudeNanoamps }, contextAt(nowNs));
      if ('kind' in verdict) {
        refusals.set(verdict.code, (refusals.get(verdict.code) ?? 0) + 1);
        continue;
      }
      given.push({ atNs: nowNs, pulses: 1, femtocoulombs: amplitudeNanoamps * 200 });
      pulses++;
      femtocoulombs += amplitudeNanoamps * 200;
      for (; given[oldest]!.atNs <= nowNs - 24 * hourNs; oldest++) {
        pulses -= given[oldest]!.pulses;
        femtocoulombs -= given[oldest]!.femtocoulombs;
      }
      expect(pulses).toBeLessThanOrEqual(most);
      expect(femtocoulombs).toBeLessThanOrEqual(2_500_000_000);
      if (second >= 24 * 3600) after24Hours++;
    }
    expect([...refusals.keys()].sort()).toEqual(['day-charge', 'day-pulses']);
    expect(after24Hours).toBeGreaterThan(100);
  });
});
