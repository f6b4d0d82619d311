// Declarations of limits: units, senses, ceilings and rounding, which never loosens.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantityOf } from '../experiment/quantity.ts';
import {
  byProfile,
  ceilingOf,
  isAtLeastAsTight,
  type LimitDeclaration,
  limitQuantity,
  tighter,
  toFileUnits,
  toWholeUnits,
} from './limit-declaration.ts';
import { allLimits, limitTables, type LimitTable } from './limits.fixture.ts';
import { profileNames } from './profile-name.ts';

const most: LimitDeclaration = {
  fileKey: 'chargeMaxNanocoulombs',
  label: 'Charge',
  unit: 'nC',
  sense: 'max',
  perUnit: 1_000_000,
  defaults: byProfile(1, 2, 3, 4),
  ceilings: { bench: 10 },
  step: 0.1,
};
const least: LimitDeclaration = { ...most, sense: 'min', perUnit: 1000 };

test('numbers of files become whole units; binary fractions cost nothing', () => {
  expect([2.01, 0.3, 1.1, 16.55].map((value) => toWholeUnits(most, value))).toEqual([
    2_010_000, 300_000, 1_100_000, 16_550_000,
  ]);
  expect([2.01, 0.3, 1.1, 0.057].map((value) => toWholeUnits(least, value))).toEqual([2010, 300, 1100, 57]);
  expect(toFileUnits(most, 2_010_000)).toBe(2.01);
  expect([toWholeUnits(most, 0), toWholeUnits(least, 0)]).toEqual([0, 0]);
});

test('what is finer than a whole unit is rounded to the tight side', () => {
  expect(toWholeUnits(most, 1.9999999)).toBe(1_999_999);
  expect(toWholeUnits(least, 1.9991)).toBe(2000);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 100_000, noNaN: true }), (value) => {
      // Up to the millionth of a unit that takes up binary fractions.
      expect(toWholeUnits(most, value)).toBeLessThanOrEqual(value * 1_000_000 + 1e-6);
      expect(toWholeUnits(least, value)).toBeGreaterThanOrEqual(value * 1000 - 1e-6);
      expect(Number.isInteger(toWholeUnits(most, value)) && Number.isInteger(toWholeUnits(least, value))).toBe(true);
    }),
  );
});

test('the tighter of two numbers is the smaller largest and the larger smallest one, and NaN is tighter than both', () => {
  expect([tighter(most, 1, 2), tighter(least, 1, 2)]).toEqual([1, 2]);
  expect([tighter(most, Number.NaN, 2), tighter(least, 1, Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  expect([isAtLeastAsTight(most, 1, 2), isAtLeastAsTight(most, 2, 1), isAtLeastAsTight(most, 2, 2)]).toEqual([
    true,
    false,
    true,
  ]);
  expect([isAtLeastAsTight(least, 1, 2), isAtLeastAsTight(least, 2, 1), isAtLeastAsTight(least, 2, 2)]).toEqual([
    false,
    true,
    true,
  ]);
  expect([isAtLeastAsTight(most, Number.NaN, 1), isAtLeastAsTight(most, 1, Number.NaN)]).toEqual([true, false]);
});

test('a ceiling that is not declared is the default', () => {
  expect(ceilingOf(most, 'bench')).toBe(10);
  expect(ceilingOf(most, 'in-vitro-mea')).toBe(2);
});

test('a key of a file takes what any preparation allows', () => {
  expect(quantityOf(limitQuantity(most))).toMatchObject({ label: 'Charge', unit: 'nC', min: 0, max: 10, step: 0.1 });
  expect(quantityOf(limitQuantity({ ...least, note: 'n', isInteger: true }))).toMatchObject({
    min: 2,
    max: 10_000,
    note: 'n',
    isInteger: true,
  });
});

describe.each(Object.entries(limitTables))('the table of limits of %s', (_section, table: LimitTable) => {
  const declarations = Object.entries(table);

  test('names each key of a file once', () => {
    expect(new Set(declarations.map(([, { fileKey }]) => fileKey)).size).toBe(declarations.length);
  });

  test.each(declarations)(
    '%s has ceilings that are no tighter than its defaults, all in whole units',
    (_name, declaration) => {
      for (const profile of profileNames) {
        const [standard, ceiling] = [declaration.defaults[profile], ceilingOf(declaration, profile)];
        expect(isAtLeastAsTight(declaration, standard, ceiling), profile).toBe(true);
        for (const value of [standard, ceiling]) {
          expect(toFileUnits(declaration, toWholeUnits(declaration, value))).toBe(value);
          if (declaration.isInteger === true) expect(Number.isInteger(value)).toBe(true);
          expect(limitQuantity(declaration).safeParse(value).success, `${profile} ${value}`).toBe(true);
        }
      }
    },
  );
});

/** What safety rests on, written a second time: a slip in the tables shows here. */
test.each([
  ['amplitudeMaxNanoamps', [100, 3, 50, 2000], [100, 100, 100, 3500]],
  ['chargePerPhaseMaxFemtocoulombs', [20, 3, 2, 1575], [20, 10, 20, 3500]],
  ['chargeDensityMaxFemtocoulombsPerSquareMicrometre', [10_000, 1000, 100, 25], [10_000, 1000, 1000, 30]],
  ['shannonMaxMilli', [1.5, 1.5, 1.5, 1.5], [1.75, 1.75, 1.75, 1.75]],
  ['trainMaxMilliseconds', [5, 1, 1, 5], [5, 5, 5, 5]],
  ['leaseMilliseconds', [500, 100, 100, 100], [500, 250, 250, 250]],
  ['dataAgeMaxMicroseconds', [10, 10, 10, 10], [50, 50, 50, 50]],
])('%s has the defaults and ceilings of its preparations', (name, standards, ceilings) => {
  const { declaration } = allLimits.find((limit) => limit.name === name)!;
  expect(profileNames.map((profile) => declaration.defaults[profile])).toEqual(standards);
  expect(profileNames.map((profile) => ceilingOf(declaration, profile))).toEqual(ceilings);
});
