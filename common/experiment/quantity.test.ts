// A number declared once is refused outside of its declaration.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { quantity, quantityOf } from './quantity.ts';

const amplitude = quantity({ label: 'Amplitude', unit: 'µA', min: 0.5, max: 100, step: 0.1 });
const count = quantity({ label: 'Count', unit: '', min: 1, max: 10, step: 1, isInteger: true });

test('a number is accepted inside its range, both ends included, and nowhere else', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(amplitude.safeParse(value).success).toBe(value >= 0.5 && value <= 100);
      expect(count.safeParse(value).success).toBe(Number.isInteger(value) && value >= 1 && value <= 10);
    }),
  );
  expect(amplitude.safeParse(0.5).success && amplitude.safeParse(100).success).toBe(true);
});

test.each([NaN, Infinity, -Infinity, '3', null, undefined, [3]])('%s is no number', (value) => {
  expect(amplitude.safeParse(value).success).toBe(false);
  expect(count.safeParse(value).success).toBe(false);
});

test('the declaration is found again, and only on a quantity', () => {
  expect(quantityOf(amplitude)).toEqual({ label: 'Amplitude', unit: 'µA', min: 0.5, max: 100, step: 0.1 });
  expect(quantityOf(z.number().meta({ label: 'Bare' }))).toBeUndefined();
  expect(quantityOf(z.string())).toBeUndefined();
});
