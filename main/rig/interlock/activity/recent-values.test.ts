import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentValues } from './recent-values.ts';

describe('RecentValues', () => {
  it('has no quantile before the first value', () => {
    expect(new RecentValues(3).quantile(0.5)).toBeNaN();
  });

  it('reads quantiles off the newest values', () => {
    const recent = new RecentValues(5);
    for (const value of [1000, -1000, 9, 1, 7, 3, 5]) recent.add(value);
    expect(recent.count).toBe(5);
    expect([0, 0.25, 0.5, 0.74, 0.75, 1].map((share) => recent.quantile(share))).toEqual([1, 3, 5, 5, 7, 9]);
  });

  it('has the same order as a sort of the newest values, after any sequence', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ noNaN: true, noDefaultInfinity: true }))),
        (capacity, values) => {
          const recent = new RecentValues(capacity);
          for (const value of values) recent.add(value);
          const sorted = Float32Array.from(values.slice(-capacity)).sort();
          const read = Array.from(sorted, (_, index) => recent.quantile(index / Math.max(1, sorted.length - 1)));
          // −0 and 0 are the same voltage.
          expect(read.map((value) => value + 0)).toEqual(Array.from(sorted, (value) => value + 0));
        },
      ),
    );
  });
});
