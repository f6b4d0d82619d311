import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { RefusalCode } from '../../../common/contract/refusals.ts';
import type { ElectrodeInForce } from '../../../common/limits/limits-in-force.ts';
import {
  chargeBoundFemtocoulombs,
  chargeFemtocoulombs,
  checkCompliance,
  checkPulse,
  isWellFormed,
  pulseMicroseconds,
  pulseUsePermille,
} from './check-pulse.ts';
import { insideRequest, type LimitChange, testLimits } from './limits.fixture.ts';
import { isWithinShannon } from './pulse-oracle.fixture.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** More or fewer runs of a property than every time. */
const runs = (usual: number) => Math.ceil(usual * Number(env['EXOCORTEX_PROPERTY_RUNS'] ?? 1));
vi.setConfig({ testTimeout: 30_000 + runs(30_000) });

const refusal = (code: RefusalCode, value: number, bound: number) => ({ kind: 'refusal', code, value, bound });
const asked = (change: Partial<StimulusRequest>): StimulusRequest => ({ ...insideRequest, ...change });
const electrode = (change: LimitChange = {}): ElectrodeInForce => testLimits(change).electrodes.get(3)!;

const check = (request: Partial<StimulusRequest>, change: LimitChange = {}) =>
  checkPulse(asked(request), electrode(change));

/** Only the limit that a test is about is near. */
const wide = { amplitudeMaxNanoamps: 100_000, chargePerPhaseMaxFemtocoulombs: 20_000_000, phaseMaxMicroseconds: 1000 };

/** Numbers that are none of a pulse, and that a learning rule or an overflow produces. */
const notWhole = [NaN, Infinity, -Infinity, -0, -1, 0.5, 5e-324, 2 ** 53, 1e300, Number.MIN_SAFE_INTEGER];
const numbers = ['electrode', 'amplitudeNanoamps', 'phaseMicroseconds', 'interphaseMicroseconds'] as const;

describe('isWellFormed', () => {
  it.each(numbers)('H74: takes only whole numbers from 0 to 2^53 − 1 as %s', (name) => {
    for (const value of notWhole) expect(isWellFormed(asked({ [name]: value })), String(value)).toBe(false);
    for (const value of [0, 1, 2 ** 53 - 1]) expect(isWellFormed(asked({ [name]: value })), String(value)).toBe(true);
  });

  it('H74: takes a number only as a number, and one of the two polarities', () => {
    for (const value of ['5', null, undefined, {}, [5], 5n])
      expect(isWellFormed(asked({ amplitudeNanoamps: value as number }))).toBe(false);
    for (const value of ['', 'Cathodic', undefined, 1])
      expect(isWellFormed(asked({ leadingPhase: value as 'cathodic' }))).toBe(false);
    expect(isWellFormed(asked({ leadingPhase: 'cathodic' }))).toBe(true);
    expect(isWellFormed(asked({ leadingPhase: 'anodic' }))).toBe(true);
  });
});

describe('the quantities of a pulse', () => {
  it('are its charge in each phase and the time that it keeps the electrode', () => {
    expect(chargeFemtocoulombs(insideRequest)).toBe(5000 * 200);
    expect(pulseMicroseconds(insideRequest)).toBe(200 + 50 + 200);
  });

  it('use the tightest of amplitude and charge', () => {
    expect(pulseUsePermille(asked({ amplitudeNanoamps: 9000, phaseMicroseconds: 100 }), electrode())).toBe(900);
    expect(pulseUsePermille(asked({ amplitudeNanoamps: 5000, phaseMicroseconds: 380 }), electrode())).toBe(950);
  });

  it.each([
    ['charge per phase', {}, 2_000_000],
    ['density', { electrode: { ...wide, chargeDensityMaxFemtocoulombsPerSquareMicrometre: 999 } }, 1_998_000],
    [
      'Shannon',
      { electrode: { ...wide, shannonMaxMilli: 0 }, geometry: { areaSquareMicrometres: 1000, material: 'dummy-load' } },
      3_162_277,
    ],
    ['the metal', { electrode: wide, geometry: { areaSquareMicrometres: 2000, material: 'platinum' } }, 300_000],
  ] as const)('are bounded by the least charge of any rule: %s', (_, change, bound) => {
    expect(chargeBoundFemtocoulombs(electrode(change))).toBe(bound);
  });
});

describe('checkPulse', () => {
  it('lets a request inside every limit through', () => {
    expect(check({})).toBeUndefined();
    expect(check({ leadingPhase: 'anodic' })).toBeUndefined();
  });

  it('S05: refuses an amplitude beyond its limit, and none at all', () => {
    expect(check({ amplitudeNanoamps: 10_000 })).toBeUndefined();
    expect(check({ amplitudeNanoamps: 9999 })).toBeUndefined();
    expect(check({ amplitudeNanoamps: 10_001 })).toEqual(refusal('amplitude', 10.001, 10));
    expect(check({ amplitudeNanoamps: 1 })).toBeUndefined();
    expect(check({ amplitudeNanoamps: 0 })).toEqual(refusal('amplitude', 0, 10));
    expect(check({ amplitudeNanoamps: -1 })).toEqual(refusal('amplitude', -0.001, 10));
    expect(check({ amplitudeNanoamps: NaN })).toEqual(refusal('amplitude', NaN, 10));
  });

  it('S05: refuses a phase that is too short or too long', () => {
    expect(check({ phaseMicroseconds: 21 })).toBeUndefined();
    expect(check({ phaseMicroseconds: 20 })).toBeUndefined();
    expect(check({ phaseMicroseconds: 19 })).toEqual(refusal('phase-duration', 19, 20));
    expect(check({ amplitudeNanoamps: 1, phaseMicroseconds: 499 })).toBeUndefined();
    expect(check({ amplitudeNanoamps: 1, phaseMicroseconds: 500 })).toBeUndefined();
    expect(check({ amplitudeNanoamps: 1, phaseMicroseconds: 501 })).toEqual(refusal('phase-duration', 501, 500));
    expect(check({ phaseMicroseconds: NaN })).toEqual(refusal('phase-duration', NaN, 20));
  });

  it('S05: refuses a gap between the phases that is too long', () => {
    expect(check({ interphaseMicroseconds: 0 })).toBeUndefined();
    expect(check({ interphaseMicroseconds: 99 })).toBeUndefined();
    expect(check({ interphaseMicroseconds: 100 })).toBeUndefined();
    expect(check({ interphaseMicroseconds: 101 })).toEqual(refusal('interphase-gap', 101, 100));
    expect(check({ interphaseMicroseconds: NaN })).toEqual(refusal('interphase-gap', NaN, 100));
  });

  it.each([
    ['charge-per-phase', { electrode: { ...wide, chargePerPhaseMaxFemtocoulombs: 1_999_999 } }, 1_999_999],
    ['charge-per-phase', { electrode: wide }, 20_000_000],
    ['charge-density', { electrode: { ...wide, chargeDensityMaxFemtocoulombsPerSquareMicrometre: 1000 } }, 2_000_000],
    [
      'charge-density',
      {
        electrode: { ...wide, chargeDensityMaxFemtocoulombsPerSquareMicrometre: 10 },
        geometry: { areaSquareMicrometres: 707, material: 'dummy-load' },
      },
      7070,
    ],
    // √(177·10^11.5) = 7,481,464.7…; √(40·10^11) = 2,000,000, one less because the root is rounded to the safe side.
    ['shannon', { electrode: wide, geometry: { areaSquareMicrometres: 177, material: 'dummy-load' } }, 7_481_464],
    [
      'shannon',
      {
        electrode: { ...wide, shannonMaxMilli: 1000 },
        geometry: { areaSquareMicrometres: 40, material: 'dummy-load' },
      },
      1_999_999,
    ],
    ['injection-limit', { electrode: wide, geometry: { areaSquareMicrometres: 2000, material: 'platinum' } }, 300_000],
    // 400 fC/µm² × 0.3 × 7 µm² = 840 fC.
    ['injection-limit', { electrode: wide, geometry: { areaSquareMicrometres: 7, material: 'stainless-steel' } }, 840],
    [
      'injection-limit',
      {
        electrode: wide,
        geometry: { areaSquareMicrometres: 1000, material: 'platinum', measuredInjectionLimit: 180.0009 },
      },
      180_000,
    ],
  ] as const)('S05: refuses as %s what is one fC beyond', (code, change, bound) => {
    const own = electrode(change);
    expect(chargeBoundFemtocoulombs(own)).toBe(bound);
    const at = (femtocoulombs: number) =>
      // The limits of phase and amplitude are beside the point: any factors of the charge will do.
      checkPulse(asked({ amplitudeNanoamps: 1, phaseMicroseconds: femtocoulombs }), {
        ...own,
        limits: { ...own.limits, phaseMaxMicroseconds: Infinity },
      });
    expect(at(bound - 1)).toBeUndefined();
    expect(at(bound)).toBeUndefined();
    expect(at(bound + 1)).toEqual(refusal(code, (bound + 1) / 1e6, bound / 1e6));
  });

  it('S05: multiplies current and time exactly', () => {
    const change = { electrode: { ...wide, chargePerPhaseMaxFemtocoulombs: 19_980_000 } };
    expect(check({ amplitudeNanoamps: 19_980, phaseMicroseconds: 1000 }, change)).toBeUndefined();
    expect(check({ amplitudeNanoamps: 54_000, phaseMicroseconds: 370 }, change)).toBeUndefined();
    expect(check({ amplitudeNanoamps: 19_981, phaseMicroseconds: 1000 }, change)).toEqual(
      refusal('charge-per-phase', 19.981, 19.98),
    );
  });

  it('S05: keeps Shannon’s rule exactly, Q² ≤ A·10^(k + 10), for every area and k, and wastes one fC at most', () => {
    const area = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100_000_000 }));
    fc.assert(
      fc.property(
        area,
        fc.oneof(fc.constantFrom(1000, 1500, 1750), fc.integer({ min: 0, max: 1750 })),
        (area, milli) => {
          const change = { geometry: { areaSquareMicrometres: area, material: 'dummy-load' } as const };
          const most = electrode({ ...change, electrode: { shannonMaxMilli: milli } }).shannonMaxFemtocoulombs;
          expect(isWithinShannon(BigInt(most), area, milli)).toBe(true);
          expect(isWithinShannon(BigInt(most) + 2n, area, milli)).toBe(false);
        },
      ),
      {
        numRuns: runs(400),
        // Areas for which the rounded root is 1 fC too large.
        examples: [7_615_425, 10_364_003, 25_719_587, 30_461_700, 33_283_414].map((each) => [each, 1500]),
      },
    );
  });

  it('S05: names the first rule that a charge breaks', () => {
    const at = (change: LimitChange) => check({ amplitudeNanoamps: 10_000, phaseMicroseconds: 500 }, change)?.code;
    const tiny = { areaSquareMicrometres: 1, material: 'stainless-steel' } as const;
    const dense = { chargeDensityMaxFemtocoulombsPerSquareMicrometre: 1 };
    expect(at({ geometry: tiny, electrode: dense })).toBe('charge-per-phase');
    expect(at({ geometry: tiny, electrode: { ...wide, ...dense } })).toBe('charge-density');
    expect(at({ geometry: tiny, electrode: wide })).toBe('charge-density');
    expect(at({ geometry: { areaSquareMicrometres: 51, material: 'platinum' }, electrode: wide })).toBe('shannon');
    expect(at({ geometry: { areaSquareMicrometres: 2000, material: 'platinum' }, electrode: wide })).toBe(
      'injection-limit',
    );
  });

  it('S25: stimulates no electrode whose area or metal is not known', () => {
    expect(check({}, { geometry: null })).toEqual(refusal('geometry-unknown', 3, 0));
    const tissue = { profile: 'in-vitro-mea', electrode: {} } as const;
    expect(check({ amplitudeNanoamps: 0 }, tissue)).toEqual(refusal('geometry-unknown', 3, 0));
  });

  it('H74: lets nothing through a limit that is not a number', () => {
    const own = electrode();
    const names = [
      ['amplitudeMaxNanoamps', 'amplitude'],
      ['phaseMinMicroseconds', 'phase-duration'],
      ['phaseMaxMicroseconds', 'phase-duration'],
      ['interphaseMaxMicroseconds', 'interphase-gap'],
      ['chargePerPhaseMaxFemtocoulombs', 'charge-per-phase'],
    ] as const;
    for (const [name, code] of names)
      expect(checkPulse(insideRequest, { ...own, limits: { ...own.limits, [name]: NaN } })?.code).toBe(code);
    expect(checkPulse(insideRequest, { ...own, densityMaxFemtocoulombs: NaN })?.code).toBe('charge-density');
    expect(checkPulse(insideRequest, { ...own, shannonMaxFemtocoulombs: NaN })?.code).toBe('shannon');
    expect(checkPulse(insideRequest, { ...own, injectionMaxFemtocoulombs: NaN })?.code).toBe('injection-limit');
  });
});

describe('checkCompliance', () => {
  const compliance = (impedanceOhms: number, complianceMillivolts = 10_000, change: LimitChange = {}) =>
    checkCompliance(insideRequest, impedanceOhms, complianceMillivolts, electrode(change));

  it('S05: refuses what needs more than the allowed part of the compliance voltage', () => {
    // 5000 nA × 1.6 MΩ = 8 V = 80 % of 10 V.
    expect(compliance(1_600_000)).toBeUndefined();
    expect(compliance(1_599_999)).toBeUndefined();
    expect(compliance(1_600_001)).toEqual(refusal('compliance', 8.000005, 8));
    expect(compliance(1_600_000, 9999)).toEqual(refusal('compliance', 8, 7.9992));
    expect(compliance(1_000_000, 10_000, { electrode: { complianceUseMaxPermille: 500 } })).toBeUndefined();
    expect(compliance(1_000_001, 10_000, { electrode: { complianceUseMaxPermille: 500 } })).toEqual(
      refusal('compliance', 5.000005, 5),
    );
  });

  it('H74: takes an impedance that is not known, or is none, for too high', () => {
    expect(compliance(NaN)).toEqual(refusal('compliance', NaN, 8));
    expect(compliance(Infinity)).toEqual(refusal('compliance', Infinity, 8));
    expect(compliance(-1)).toEqual(refusal('compliance', -5e-6, 8));
    expect(compliance(-Infinity)).toEqual(refusal('compliance', -Infinity, 8));
    expect(compliance(0)).toBeUndefined();
    expect(compliance(50_000, NaN)).toEqual(refusal('compliance', 0.25, NaN));
    expect(compliance(50_000, -10_000)).toEqual(refusal('compliance', 0.25, -8));
  });
});
