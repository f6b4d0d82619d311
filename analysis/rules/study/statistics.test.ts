import { describe, expect, it } from 'vitest';
import { confidenceInterval, spreadOf, studentQuantile } from './statistics.ts';

describe('statistics over seeds', () => {
  // Abramowitz & Stegun 1964, table 26.10, column 0.95 (two-sided).
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [5, 2.571],
    [6, 2.447],
    [10, 2.228],
    [29, 2.045],
    [120, 1.98],
  ])('t with %i degrees of freedom is %d', (freedom, wanted) => {
    expect(studentQuantile(freedom)).toBeCloseTo(wanted, 3);
  });

  it('leaves out seeds without a number, and gives no interval for one seed', () => {
    expect(spreadOf([1, null, 3])).toEqual({ mean: 2, standardError: 1 });
    expect(spreadOf([5])).toEqual({ mean: 5, standardError: null });
    expect(spreadOf([null])).toEqual({ mean: null, standardError: null });
    expect(confidenceInterval([5])).toBeNull();
    const [low, high] = confidenceInterval([1, 3, 2])!;
    expect(low).toBeCloseTo(2 - 4.303 / Math.sqrt(3), 3);
    expect(high).toBeCloseTo(2 + 4.303 / Math.sqrt(3), 3);
  });
});
