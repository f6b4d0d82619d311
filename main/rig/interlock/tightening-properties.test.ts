import fc from 'fast-check';
import { env } from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import type { Refusal } from '../../../common/contract/refusals.ts';
import type { LimitLayer } from '../../../common/limits/combine-limits.ts';
import { activityLimits } from '../../../common/limits/activity-limits.ts';
import { electrodeLimits } from '../../../common/limits/electrode-limits.ts';
import type { LimitDeclaration } from '../../../common/limits/limit-declaration.ts';
import { isTighterOrEqual } from '../../../common/limits/limits-of.ts';
import { timingLimits } from '../../../common/limits/timing-limits.ts';
import { totalLimits } from '../../../common/limits/total-limits.ts';
import { chargeFemtocoulombs, pulseMicroseconds } from './check-pulse.ts';
import { decide } from './decide.ts';
import { pulsePicojoules } from './heating.ts';
import { insideRequest, type LimitChange, openDose, openNowNs, openSnapshot, testLimits } from './limits.fixture.ts';
import type { Permit } from './permit.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** More or fewer runs of a property than every time. */
const runs = (usual: number) => Math.ceil(usual * Number(env['EXOCORTEX_PROPERTY_RUNS'] ?? 1));
vi.setConfig({ testTimeout: 30_000 + runs(30_000) });

const electrodes = [0, 1, 2, 3, 4, 5];
/** Each limit bites now and then. */
const base: LimitChange = {
  electrodes,
  pitchMicrometres: 300,
  gridColumns: 3,
  geometry: { areaSquareMicrometres: 2000, material: 'dummy-load' },
  electrode: {
    rateMaxMillihertz: 4000,
    trainMaxMilliseconds: 300,
    onTimeMaxPermille: 8,
    pulsesPerDayMax: 12,
    chargePerDayMaxFemtocoulombs: 9_000_000,
    amplitudeStepMaxPermille: 800,
    amplitudeSlewMaxPermillePerSecond: 900_000,
    shannonMaxMilli: -500,
    chargeDensityMaxFemtocoulombsPerSquareMicrometre: 1100,
  },
  total: {
    rateMaxMillihertz: 9000,
    pulsesPerSessionMax: 20,
    simultaneousElectrodesMax: 4,
    currentMaxNanoamps: 14_000,
    temperatureRiseMaxMillikelvins: 3,
  },
  timing: { holdToRunAbovePermille: 600, presenceMaxSeconds: 60 },
};

type Section = 'electrode' | 'total' | 'timing' | 'activity';
const tables: [Section, string, LimitDeclaration][] = [
  ...Object.entries(electrodeLimits).map(
    ([name, declaration]) => ['electrode', name, declaration] as [Section, string, LimitDeclaration],
  ),
  ...Object.entries(totalLimits).map(
    ([name, declaration]) => ['total', name, declaration] as [Section, string, LimitDeclaration],
  ),
  ...Object.entries(timingLimits).map(
    ([name, declaration]) => ['timing', name, declaration] as [Section, string, LimitDeclaration],
  ),
  ...Object.entries(activityLimits).map(
    ([name, declaration]) => ['activity', name, declaration] as [Section, string, LimitDeclaration],
  ),
];

/** The limits in force before, and with one of them tightened by a further layer. */
function tightened(section: Section, name: string, { sense }: LimitDeclaration, factor: number) {
  const loose = testLimits(base);
  const now: Readonly<Record<string, number>> =
    section === 'electrode' ? loose.electrodes.get(0)!.limits : loose[section];
  const less = Math.abs(now[name]!) * factor;
  const value = sense === 'max' ? Math.floor(now[name]! - less) : Math.ceil(now[name]! + 3 * less);
  const layer: LimitLayer = { electrodes: undefined, total: {}, timing: {}, activity: {}, geometry: new Map() };
  const change = { [name]: value };
  const tight = testLimits({
    ...base,
    layers: [
      section === 'electrode'
        ? { ...layer, electrodes: new Map(electrodes.map((electrode) => [electrode, change])) }
        : { ...layer, [section]: change },
    ],
  });
  return { loose, tight };
}

const pulse: fc.Arbitrary<Partial<StimulusRequest>> = fc.record({
  electrode: fc.oneof(fc.constantFrom(0, 1), fc.constantFrom(...electrodes)),
  amplitudeNanoamps: fc.oneof(fc.constantFrom(1000, 5000, 8000, 10_000), fc.integer({ min: 1, max: 10_000 })),
  phaseMicroseconds: fc.oneof(fc.constantFrom(20, 100, 200), fc.integer({ min: 20, max: 500 })),
  interphaseMicroseconds: fc.oneof(fc.constantFrom(0, 100), fc.nat(100)),
});
const waitNs = fc.oneof(
  fc.constantFrom(0, 1e6, 100e6, 1e9, 2e9),
  fc.integer({ min: 0, max: 900_000 }),
  fc.integer({ min: 0, max: 250_000_000 }),
  fc.integer({ min: 0, max: 3_000_000_000 }),
);
/** Electrode and stimulator: usual ones, and a voltage at which few pulses warm by 1 mK. */
const circuit = fc.oneof(
  fc.record({ ohms: fc.oneof(fc.constant(50_000), fc.nat(1_600_000)), complianceMillivolts: fc.constant(10_000) }),
  fc.record({ ohms: fc.constantFrom(2e9, 5e9), complianceMillivolts: fc.constant(1e9) }),
);
/** Ages at which the limits of time are near, and the circuit. */
const moment = fc.record({
  dataAgeNs: fc.nat(10_000_000),
  unheardNs: fc.nat(50_000_000),
  absentNs: fc.oneof(fc.nat(1_000_000_000), fc.nat(60_000_000_000)),
  unheldNs: fc.oneof(fc.nat(2_100_000_000), fc.constant(Infinity)),
  circuit,
});
/** `isGiven`: an earlier pulse that both doses have, whatever this decision says. */
const step = fc.record({ waitNs, pulse, moment, isGiven: fc.boolean() });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function snapshotAt(nowNs: number, { moment }: Pick<Step, 'moment'>, change: Partial<Snapshot>): Snapshot {
  const { dataAgeNs, unheardNs, absentNs, unheldNs, circuit } = moment;
  return openSnapshot({
    nowNs,
    acquiredNs: nowNs - dataAgeNs,
    heardNs: nowNs - unheardNs,
    presentNs: nowNs - absentNs,
    heldNs: nowNs - unheldNs,
    impedanceOhms: () => circuit.ohms,
    complianceMillivolts: circuit.complianceMillivolts,
    ...change,
  });
}

/** Which of several broken limits is named may differ: a dose remembers no more pulses than its limits let through. */
const outcomeOf = (verdict: Permit | Refusal) => ('kind' in verdict ? 'refused' : verdict.expiryNs);

const costOf = (request: StimulusRequest, ohms: number) => ({
  durationNs: pulseMicroseconds(request) * 1000,
  chargeFemtocoulombs: chargeFemtocoulombs(request),
  amplitudeNanoamps: request.amplitudeNanoamps,
  picojoules: pulsePicojoules(request, ohms),
});

describe('a tighter limit', () => {
  it.each(tables)(
    'S07: %s %s lets nothing through that a looser one refused, whatever was given before',
    (section, name, declaration) => {
      fc.assert(
        fc.property(
          fc.oneof(fc.constantFrom(0, 0.5, 0.99), fc.double({ min: 0, max: 1, noNaN: true })),
          fc.nat(30),
          fc.array(step, { minLength: 1, maxLength: 30 }),
          (factor, tightenedAt, steps) => {
            const { loose, tight } = tightened(section, name, declaration, factor);
            expect(isTighterOrEqual(tight, loose)).toBe(true);
            const ofLoose = openDose(loose);
            const ofTight = openDose(tight);
            // Judged by the looser limits at first.
            const later = openDose(loose);
            const doses = [ofLoose, ofTight, later];
            let nowNs = openNowNs;
            for (const [index, { waitNs, pulse, isGiven, ...at }] of steps.entries()) {
              nowNs += waitNs;
              if (index === tightenedAt) later.tighten(tight);
              const request = { ...insideRequest, ...pulse };
              const byLoose = decide(request, snapshotAt(nowNs, at, { limits: loose, dose: ofLoose }));
              const byTight = decide(request, snapshotAt(nowNs, at, { limits: tight, dose: ofTight }));
              if ('kind' in byLoose) expect('kind' in byTight).toBe(true);
              else if (!('kind' in byTight)) expect(byTight.expiryNs).toBeLessThanOrEqual(byLoose.expiryNs);
              // Limits that were tightened on the way decide as those that were tight from the beginning.
              // Limits that were tightened on the way decide as those that were tight from the beginning.
              const isTightened = index >= tightenedAt;
              const byLater = decide(
                request,
                snapshotAt(nowNs, at, { limits: isTightened ? tight : loose, dose: later }),
              );
              expect(outcomeOf(byLater)).toBe(outcomeOf(isTightened ? byTight : byLoose));
              const isBusy = ofLoose.historyOf(request.electrode)!.busyUntilNs > nowNs;
              if (!('kind' in byLoose) || (isGiven && !isBusy))
                for (const dose of doses) dose.add(request.electrode, nowNs, costOf(request, at.moment.circuit.ohms));
            }
          },
        ),
        { numRuns: runs(100) },
      );
    },
  );

  it('S07: turns no refusal into a permit, nor does staler knowledge of data, stimulator, operator, control and electrode', () => {
    const amount = fc.oneof(fc.constant(0), fc.nat(1000), fc.nat(100_000_000), fc.constant(Infinity));
    const worse = fc.record({
      acquired: amount,
      heard: amount,
      present: amount,
      held: amount,
      ohms: amount,
      millivolts: amount,
    });
    const limits = testLimits(base);
    fc.assert(
      fc.property(step, worse, fc.boolean(), fc.boolean(), (at, by, isTripped, isSessionLost) => {
        const request = { ...insideRequest, ...at.pulse };
        const before = snapshotAt(openNowNs, at, { limits });
        const verdict = decide(request, before);
        const stale = decide(request, {
          ...before,
          acquiredNs: before.acquiredNs - by.acquired,
          heardNs: before.heardNs - by.heard,
          presentNs: before.presentNs - by.present,
          heldNs: before.heldNs - by.held,
          impedanceOhms: () => at.moment.circuit.ohms + by.ohms,
          complianceMillivolts: before.complianceMillivolts - by.millivolts,
          isTripped,
          confirmedSession: isSessionLost ? 0 : 1,
        });
        if ('kind' in verdict) expect('kind' in stale).toBe(true);
        else if (!('kind' in stale)) expect(stale.expiryNs).toBeLessThanOrEqual(verdict.expiryNs);
      }),
      { numRuns: runs(3000) },
    );
  });
});
