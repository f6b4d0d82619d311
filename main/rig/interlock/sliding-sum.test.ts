import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { SlidingSum } from './sliding-sum.ts';

/** More or fewer runs of a property than every time. */
const runs = (usual: number) => Math.ceil(usual * Number(env['EXOCORTEX_PROPERTY_RUNS'] ?? 1));
vi.setConfig({ testTimeout: 30_000 + runs(30_000) });

describe('SlidingSum', () => {
  it('counts what was added until its whole bucket is out of the window', () => {
    const sum = new SlidingSum(10, 3);
    sum.add(15, 2);
    sum.add(19, 3);
    sum.add(20, 7);
    expect(sum.sumAt(20)).toBe(12);
    expect(sum.sumAt(49)).toBe(12);
    expect(sum.sumAt(50)).toBe(7);
    expect(sum.sumAt(59)).toBe(7);
    expect(sum.sumAt(60)).toBe(0);
  });

  it('is empty at first, at any time', () => {
    for (const nowNs of [-1e18, -1, 0, 1, 1e18]) expect(new SlidingSum(10, 3).sumAt(nowNs)).toBe(0);
  });

  it('forgets everything over a pause that is longer than its window', () => {
    const sum = new SlidingSum(10, 3);
    sum.add(0, 5);
    expect(sum.sumAt(39)).toBe(5);
    sum.add(1000, 1);
    expect(sum.sumAt(1000)).toBe(1);
    expect(sum.sumAt(2000)).toBe(0);
  });

  it('keeps what is added at an earlier time within the window, and does not count what is older', () => {
    const sum = new SlidingSum(10, 3);
    sum.add(100, 1);
    sum.add(70, 2);
    sum.add(69, 4);
    sum.add(-500, 8);
    expect(sum.sumAt(109)).toBe(3);
    expect(sum.sumAt(110)).toBe(1);
    expect(sum.sumAt(139)).toBe(1);
    expect(sum.sumAt(140)).toBe(0);
  });

  it('counts on through time zero and before it', () => {
    const sum = new SlidingSum(10, 2);
    sum.add(-25, 1);
    sum.add(-5, 2);
    expect(sum.sumAt(-1)).toBe(3);
    sum.add(5, 4);
    expect(sum.sumAt(9)).toBe(6);
    expect(sum.sumAt(20)).toBe(4);
  });

  const wait = fc.oneof(
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 400 }),
    fc.constantFrom(10, 50, 60, 1e9),
  );
  const step = fc.record({ wait, amount: fc.integer({ min: 0, max: 1e9 }), isAdded: fc.boolean() });

  it('H77: is never less than the sum of the window, and never more than that of one bucket more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: -1000, max: 1000 }),
        fc.array(step, { maxLength: 60 }),
        (bucketNs, buckets, startNs, steps) => {
          const sum = new SlidingSum(bucketNs, buckets);
          const added: { atNs: number; amount: number }[] = [];
          const since = (fromNs: number) =>
            added.reduce((total, { atNs, amount }) => (atNs > fromNs ? total + amount : total), 0);
          let nowNs = startNs;
          for (const { wait, amount, isAdded } of steps) {
            nowNs += wait;
            if (isAdded) {
              sum.add(nowNs, amount);
              added.push({ atNs: nowNs, amount });
            }
            const windowNs = bucketNs * buckets;
            const value = sum.sumAt(nowNs);
            expect(value).toBeGreaterThanOrEqual(since(nowNs - windowNs));
            expect(value).toBeLessThanOrEqual(since(nowNs - windowNs - bucketNs));
          }
        },
      ),
      { numRuns: runs(1000) },
    );
  });
});
