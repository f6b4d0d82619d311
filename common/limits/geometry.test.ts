// The charge that follows from an electrode's metal: Shannon's rule, injection limits, and which of two descriptions to believe.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ElectrodeGeometry,
  injectionChargeFemtocoulombs,
  moreCautious,
  shannonChargeFemtocoulombs,
} from './geometry.ts';
import { someGeometry } from './limits.fixture.ts';
import { injectionLimitFemtocoulombsPerSquareMicrometre, materialNames } from './materials.ts';

describe('Shannon’s rule', () => {
  // Electrodes of 15 and 30 µm, a tip of 2000 µm², a surface electrode of 0.0415 cm² and a depth contact of 0.06 cm²; nC.
  test.each([
    [177, 7.5, 10],
    [707, 15, 20],
    [2000, 25, 34],
    [4_150_000, 1146, 1528],
    [6_000_000, 1377, 1837],
  ])('%d µm² carry %d nC at k = 1.5 and %d nC at k = 1.75', (area, atDefault, atCeiling) => {
    expect(shannonChargeFemtocoulombs(area, 1500) / 1e6 / atDefault).toBeCloseTo(1, 1);
    expect(shannonChargeFemtocoulombs(area, 1750) / 1e6 / atCeiling).toBeCloseTo(1, 1);
  });

  test('is rounded down to whole fC and holds when it is calculated backwards', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), fc.integer({ min: 0, max: 1750 }), (area, milli) => {
        const charge = shannonChargeFemtocoulombs(area, milli);
        expect(Number.isSafeInteger(charge)).toBe(true);
        // Q in µC, D in µC/cm²: 1 fC = 1e-9 µC, 1 µm² = 1e-8 cm².
        const k = (femtocoulombs: number) => Math.log10((femtocoulombs * 1e-9) ** 2 / (area * 1e-8));
        expect(k(charge)).toBeLessThanOrEqual(milli / 1000 + 1e-9);
        expect(k(charge + 1)).toBeGreaterThan(milli / 1000 - 1e-9);
      }),
    );
  });

  test('is zero on no area', () => {
    expect(shannonChargeFemtocoulombs(0, 1500)).toBe(0);
  });
});

describe('the metal injects', () => {
  test('three tenths of its limit in vitro, for its area', () => {
    expect(injectionChargeFemtocoulombs({ areaSquareMicrometres: 707, material: 'platinum' })).toBe(106_050);
    expect(injectionChargeFemtocoulombs({ areaSquareMicrometres: 707, material: 'titanium-nitride' })).toBe(2_121_000);
    expect(injectionChargeFemtocoulombs({ areaSquareMicrometres: 1, material: 'stainless-steel' })).toBe(120);
  });

  test('what was measured in place, but never more than its limit in vitro', () => {
    const measured = (limit: number) =>
      injectionChargeFemtocoulombs({ areaSquareMicrometres: 100, material: 'platinum', measuredInjectionLimit: limit });
    expect([0, 180, 180.005, 500, 501].map(measured)).toEqual([0, 18_000, 18_000, 50_000, 50_000]);
  });
});

describe('of two descriptions of one electrode', () => {
  const platinum: ElectrodeGeometry = { areaSquareMicrometres: 100, material: 'platinum' };
  const nitride: ElectrodeGeometry = { areaSquareMicrometres: 50, material: 'titanium-nitride' };

  test('the smaller area and the less able metal hold', () => {
    expect(moreCautious(platinum, nitride)).toEqual({ areaSquareMicrometres: 50, material: 'platinum' });
    expect(moreCautious(platinum, undefined)).toEqual(platinum);
    expect(moreCautious(undefined, nitride)).toEqual(nitride);
    expect(moreCautious(undefined, undefined)).toBeUndefined();
  });

  test('a measurement does not outdo the derated limit that another layer states', () => {
    const measured = { ...nitride, measuredInjectionLimit: 5000 };
    expect(moreCautious(measured, nitride)).toEqual(nitride);
    expect(moreCautious({ ...nitride, measuredInjectionLimit: 700 }, nitride)).toMatchObject({
      measuredInjectionLimit: 700,
    });
  });

  test('equally able metals are told apart the same way in any order', () => {
    const alloy: ElectrodeGeometry = { areaSquareMicrometres: 100, material: 'platinum-iridium' };
    expect(moreCautious(platinum, alloy)).toEqual(platinum);
    expect(moreCautious(alloy, platinum)).toEqual(platinum);
    // 150 fC/µm² is what platinum's derated limit is.
    const same = { ...platinum, measuredInjectionLimit: 150 };
    expect(moreCautious(same, platinum)).toEqual(platinum);
    expect(moreCautious(platinum, same)).toEqual(platinum);
  });

  test('neither the order nor the grouping matters, and no description is outdone', () => {
    fc.assert(
      fc.property(someGeometry, someGeometry, someGeometry, (a, b, c) => {
        expect(moreCautious(a, b)).toEqual(moreCautious(b, a));
        expect(moreCautious(a, a)).toEqual(a);
        expect(moreCautious(moreCautious(a, b), c)).toEqual(moreCautious(a, moreCautious(b, c)));
        for (const each of [a, b]) {
          expect(injectionChargeFemtocoulombs(moreCautious(a, b)!)).toBeLessThanOrEqual(
            injectionChargeFemtocoulombs(each),
          );
        }
      }),
    );
  });
});

test('every material has its limit in vitro', () => {
  for (const material of materialNames)
    expect(injectionLimitFemtocoulombsPerSquareMicrometre[material]).toBeGreaterThan(0);
});
