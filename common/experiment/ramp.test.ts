// The rise of an amplitude: from a tenth to all of it, in whole nanoamps, never more.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rampedNanoamps } from './ramp.ts';

test('an amplitude rises linearly from a tenth to all of it', () => {
  expect([0, 2, 4, 6, 8].map((seconds) => rampedNanoamps(1000, seconds, 8))).toEqual([100, 325, 550, 775, 1000]);
});

test('after the ramp, and without one, the amplitude is what the experiment gives', () => {
  expect(rampedNanoamps(3000, 8.001, 8)).toBe(3000);
  expect(rampedNanoamps(3000, 1e9, 8)).toBe(3000);
  expect(rampedNanoamps(3000, 0, 0)).toBe(3000);
  expect(rampedNanoamps(3000, Number.NaN, 0)).toBe(3000);
});

test('what is no time of the ramp counts as its beginning', () => {
  for (const seconds of [Number.NaN, -1, -Infinity, -0]) expect(rampedNanoamps(3000, seconds, 8)).toBe(300);
});

test('the smallest amplitude is one nanoamp: none at all is no stimulus', () => {
  expect(rampedNanoamps(1, 0, 8)).toBe(1);
  expect(rampedNanoamps(9, 0, 8)).toBe(1);
  expect(rampedNanoamps(19, 0, 8)).toBe(1);
  expect(rampedNanoamps(20, 0, 8)).toBe(2);
});

test('amplitudes are whole, never above the full one, and never fall while the ramp lasts', () => {
  const seconds = fc.double({ min: 0, max: 700, noNaN: true });
  const ramp = fc.double({ min: 0, max: 600, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_500_000 }), seconds, seconds, ramp, (full, a, b, rampSeconds) => {
      const [early, late] = [Math.min(a, b), Math.max(a, b)].map((time) => rampedNanoamps(full, time, rampSeconds));
      expect(Number.isSafeInteger(early) && Number.isSafeInteger(late)).toBe(true);
      expect(early).toBeGreaterThanOrEqual(1);
      expect(late).toBeGreaterThanOrEqual(early!);
      expect(late).toBeLessThanOrEqual(full);
    }),
  );
});
