import fc from 'fast-check';
import { env } from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import { interlockStates } from '../../../common/contract/interlock-states.ts';
import { type Refusal, refusalCodes } from '../../../common/contract/refusals.ts';
import { requestOrigins } from '../../../common/journal/records.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import { decide } from './decide.ts';
import { brokenByDose, type Past } from './dose-oracle.fixture.ts';
import { insideRequest, openDose, openNowNs, openSnapshot, testLimits } from './limits.fixture.ts';
import { type Permit, redeemPermit } from './permit.ts';
import { brokenByMoment, brokenByPulse, type Leeway } from './pulse-oracle.fixture.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** More or fewer runs of a property than every time. */
const runs = (usual: number) => Math.ceil(usual * Number(env['EXOCORTEX_PROPERTY_RUNS'] ?? 1));
vi.setConfig({ testTimeout: 30_000 + runs(30_000) });

/** Numbers that a runaway learning rule, an overflow or a wrong conversion produces. */
const hostile = fc.oneof(
  fc.constantFrom(
    NaN,
    Infinity,
    -Infinity,
    -0,
    0,
    -1,
    0.5,
    5e-324,
    -5e-324,
    2 ** 53,
    2 ** 53 - 1,
    -(2 ** 53),
    1e300,
    2 ** 31,
    2 ** 32,
  ),
  fc.double(),
  fc.maxSafeInteger(),
);
/** Numbers at a bound and one beside it, others of its size, and hostile ones. */
const near = (...bounds: number[]) =>
  fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...bounds.flatMap((bound) => [bound - 1, bound, bound + 1])) },
    { weight: 20, arbitrary: fc.nat(Math.max(...bounds)) },
    { weight: 1, arbitrary: hostile },
  );
/** Times before the snapshot's, at the bounds of age and beside them. */
const ago = (...boundsNs: number[]) => near(0, ...boundsNs).map((ageNs) => openNowNs - ageNs);

const metal = (
  areaSquareMicrometres: number,
  material: 'platinum' | 'titanium-nitride' | 'stainless-steel' | 'platinum-iridium',
) => ({ areaSquareMicrometres, material });
const profiles: readonly LimitsInForce[] = [
  testLimits(),
  testLimits({
    electrode: { complianceUseMaxPermille: 500 },
    timing: { holdToRunAbovePermille: 500, presenceMaxSeconds: 60 },
  }),
  testLimits({ geometry: null }),
  testLimits({
    geometry: metal(7000, 'platinum'),
    electrode: { chargeDensityMaxFemtocoulombsPerSquareMicrometre: 100 },
  }),
  testLimits({
    profile: 'in-vitro-mea',
    geometry: metal(707, 'titanium-nitride'),
    timing: { holdToRunAbovePermille: 790 },
  }),
  testLimits({
    profile: 'penetrating-micro',
    geometry: metal(2000, 'stainless-steel'),
    timing: { dataAgeMaxMicroseconds: 50_000 },
  }),
  // Shannon's rule is the tightest one: √(A·10^10) fC.
  testLimits({ geometry: metal(40, 'titanium-nitride'), electrode: { shannonMaxMilli: 0 } }),
  testLimits({ geometry: { ...metal(400, 'titanium-nitride'), measuredInjectionLimit: 2000 } }),
  testLimits({ total: { simultaneousElectrodesMax: 0 } }),
  testLimits({ total: { temperatureRiseMaxMillikelvins: 0 } }),
  testLimits({ total: { temperatureRiseMaxMillikelvins: 1 } }),
];

/** A charge near each bound of it, as 1 nA × its number of fC, or as a round pulse. */
const pulse = fc.oneof(
  fc.record({
    amplitudeNanoamps: near(1, 3000, 5000, 10_000),
    phaseMicroseconds: near(20, 200, 500),
    interphaseMicroseconds: near(0, 100),
  }),
  fc.record({
    amplitudeNanoamps: fc.integer({ min: 1, max: 10_000 }),
    phaseMicroseconds: fc.integer({ min: 20, max: 500 }),
    interphaseMicroseconds: fc.constantFrom(0, 100),
  }),
);

const request: fc.Arbitrary<StimulusRequest> = fc
  .tuple(
    pulse,
    fc.record({
      request: hostile,
      tick: hostile,
      readout: hostile,
      origin: fc.constantFrom(...requestOrigins),
      electrode: fc.oneof({ weight: 40, arbitrary: fc.constantFrom(3, 7) }, fc.nat(70_000), hostile),
      leadingPhase: fc.constantFrom('cathodic' as const, 'anodic' as const),
    }),
  )
  .map(([numbers, rest]) => ({ ...numbers, ...rest }));

const ofTime = fc.record({
  nowNs: fc.oneof({ weight: 40, arbitrary: fc.constant(openNowNs) }, hostile),
  acquiredNs: ago(10e6, 20e6),
  heardNs: ago(50e6),
  presentNs: ago(60e9),
  heldNs: ago(2e9),
});
const ofRig = fc.record({
  state: fc.oneof({ weight: 40, arbitrary: fc.constant('stimulating' as const) }, fc.constantFrom(...interlockStates)),
  isTripped: fc.oneof({ weight: 40, arbitrary: fc.constant(false) }, fc.boolean()),
  confirmedSession: fc.oneof({ weight: 40, arbitrary: fc.constant(1) }, hostile),
  sequence: hostile,
  doesPhaseStimulate: fc.oneof({ weight: 40, arbitrary: fc.constant(true) }, fc.boolean()),
  impedance: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 1_000_000 }) },
    fc.constantFrom(1_600_000, 1_600_001),
    // On both sides of 1 mK by one pulse of 5 µA and 200 µs.
    fc.constantFrom(6_283_185_200, 6_283_185_400),
    hostile,
  ),
  complianceMillivolts: fc.oneof(
    { weight: 40, arbitrary: fc.constant(10_000) },
    { weight: 4, arbitrary: fc.constant(1e9) },
    fc.nat(20_000),
    hostile,
  ),
  capability: fc.oneof(
    { weight: 4, arbitrary: fc.constant('L3' as const) },
    fc.constantFrom('L1' as const, 'L2' as const),
  ),
});

/** Everything that a decision rests on but its limits. */
const circumstances = fc.tuple(ofTime, ofRig).map(([times, { impedance, ...rig }]) => ({
  ...times,
  ...rig,
  impedanceOhms: () => impedance,
}));

const nothingGiven: Past = { pulses: [], earlier: [], releasedNs: 0, pulsesBeforeRelease: 0, reserved: Infinity };

/** Codes of all limits that a request breaks where nothing has been given yet. */
function broken(asked: StimulusRequest, snapshot: Snapshot, leeway: Leeway): Set<string> {
  const byPulse = brokenByPulse(asked, snapshot, leeway);
  // What is not well-formed, or not allowed at all, has no charge and no moment.
  if (
    byPulse.some((code) =>
      ['not-armed', 'phase-without-stimulation', 'not-finite', 'electrode-not-covered'].includes(code),
    )
  )
    return new Set(byPulse);
  const codes = [...byPulse, ...brokenByMoment(asked, snapshot)];
  return new Set(codes.includes('late') ? codes : [...codes, ...brokenByDose(asked, snapshot, nothingGiven, leeway)]);
}

const isPermit = (verdict: Permit | Refusal): verdict is Permit => !('kind' in verdict);

describe('the decision', () => {
  it('S06: answers any numbers with a permit that breaks no limit, or with a refusal by one that is broken', () => {
    fc.assert(
      fc.property(request, circumstances, fc.constantFrom(...profiles), (asked, around, limits) => {
        const snapshot = openSnapshot({ ...around, limits });
        const verdict = decide(asked, snapshot);
        if (isPermit(verdict)) {
          expect([...broken(asked, snapshot, 'none')]).toEqual([]);
          expect(verdict.request).toEqual(asked);
          expect(verdict.expiryNs).toBeGreaterThanOrEqual(snapshot.nowNs);
          expect(verdict.expiryNs).toBeLessThanOrEqual(snapshot.acquiredNs + 20e6);
          expect(redeemPermit(verdict)).toBe(true);
        } else expect([...broken(asked, snapshot, 'buckets')]).toContain(verdict.code);
      }),
      { numRuns: runs(15_000) },
    );
  });

  it('H74: is total: it also answers where limits, state and polarity are nonsense, and never throws', () => {
    const names = ['limits', 'total', 'timing'] as const;
    const nonsense = fc.record({ table: fc.constantFrom(...names), index: fc.nat(30), value: hostile });
    const base = testLimits();
    fc.assert(
      fc.property(
        request,
        circumstances,
        fc.array(nonsense, { maxLength: 4 }),
        hostile,
        (asked, around, wrong, derived) => {
          const own = { ...base.electrodes.get(3)!, shannonMaxFemtocoulombs: derived };
          const tables: Record<(typeof names)[number], Record<string, number>> = {
            limits: { ...own.limits },
            total: { ...base.total },
            timing: { ...base.timing },
          };
          for (const { table, index, value } of wrong) {
            const keys = Object.keys(tables[table]);
            tables[table][keys[index % keys.length]!] = value;
          }
          const limits = {
            ...base,
            electrodes: new Map([[3, { ...own, limits: tables.limits }]]),
            total: tables.total,
            timing: tables.timing,
          } as unknown as LimitsInForce;
          const verdict = decide(asked, openSnapshot({ ...around, limits, dose: openDose(base) }));
          if (isPermit(verdict))
            expect(derived).toBeGreaterThanOrEqual(asked.amplitudeNanoamps * asked.phaseMicroseconds);
          else expect(refusalCodes).toContain(verdict.code);
        },
      ),
      { numRuns: runs(5000) },
    );
    const odd = { state: 'unheard of', leadingPhase: 'both' } as unknown as { state: 'safe'; leadingPhase: 'cathodic' };
    expect(decide(insideRequest, openSnapshot({ state: odd.state }))).toMatchObject({ code: 'not-armed' });
    expect(decide({ ...insideRequest, leadingPhase: odd.leadingPhase }, openSnapshot())).toMatchObject({
      code: 'not-finite',
    });
  });

  it('S29: permits balanced pulses only: the charges of both phases are exactly each other’s opposite', () => {
    let permits = 0;
    fc.assert(
      fc.property(request, fc.constantFrom(...profiles), (asked, limits) => {
        const verdict = decide(asked, openSnapshot({ limits }));
        if (!isPermit(verdict)) return;
        permits++;
        const { amplitudeNanoamps, phaseMicroseconds, leadingPhase } = verdict.request;
        // As the gate sends it: first phase and second phase of one duration, currents of opposite sign.
        const first = BigInt(leadingPhase === 'cathodic' ? -amplitudeNanoamps : amplitudeNanoamps);
        const phases = [
          [first, phaseMicroseconds],
          [-first, phaseMicroseconds],
        ] as const;
        expect(phases.reduce((sum, [nanoamps, microseconds]) => sum + nanoamps * BigInt(microseconds), 0n)).toBe(0n);
        expect(first).not.toBe(0n);
        // Each fits the fields on the wire: 32 bits, signed and not.
        expect(BigInt.asIntN(32, first)).toBe(first);
        expect(phaseMicroseconds >>> 0).toBe(phaseMicroseconds);
      }),
      { numRuns: runs(5000) },
    );
    expect(permits).toBeGreaterThan(0);
  });
});
