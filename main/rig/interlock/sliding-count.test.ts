import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { SlidingCount } from './sliding-count.ts';

/** More or fewer runs of a property than every time. */
const runs = (usual: number) => Math.ceil(usual * Number(env['EXOCORTEX_PROPERTY_RUNS'] ?? 1));
vi.setConfig({ testTimeout: 30_000 + runs(30_000) });

function counting(windowNs: number, capacity: number, ...times: number[]): SlidingCount {
  const count = new SlidingCount(windowNs, capacity);
  for (const nowNs of times) count.add(nowNs);
  return count;
}

describe('SlidingCount', () => {
  it('counts an event until it is one window old', () => {
    const count = counting(10, 5, 0, 4);
    expect(count.countAt(4)).toBe(2);
    expect(count.countAt(9)).toBe(2);
    expect(count.countAt(10)).toBe(1);
    expect(count.countAt(13)).toBe(1);
    expect(count.countAt(14)).toBe(0);
  });

  it('remembers as many events as are asked about, the newest ones', () => {
    const count = counting(10, 2, 0, 1, 2, 3);
    expect(count.countAt(3)).toBe(2);
    expect(count.countAt(11)).toBe(2);
    expect(count.countAt(12)).toBe(1);
    expect(count.countAt(13)).toBe(0);
  });

  it('remembers one event even where none is allowed', () => {
    expect(counting(10, 0, 0, 1).countAt(1)).toBe(1);
  });

  it('forgets all when it is cleared, also for a longer window', () => {
    const count = counting(10, 5, 0, 1);
    count.clear();
    expect(count.countAt(1)).toBe(0);
    expect(count.resized(1000, 1).countAt(2)).toBe(0);
    count.add(3);
    expect(count.countAt(3)).toBe(1);
  });

  it('S08: knows in a longer window the newest event, however long ago it left the shorter one', () => {
    const count = counting(10, 5, 0, 4);
    expect(count.countAt(50)).toBe(0);
    const longer = count.resized(100, 1);
    expect(longer.countAt(103)).toBe(1);
    expect(longer.countAt(104)).toBe(0);
    expect(new SlidingCount(10, 5).resized(100, 1).countAt(0)).toBe(0);
  });

  it('keeps the newest events when it is resized, in their order', () => {
    const fewer = counting(10, 4, 0, 1, 2, 3, 4, 5).resized(10, 2);
    expect(fewer.countAt(5)).toBe(2);
    expect(fewer.countAt(13)).toBe(2);
    expect(fewer.countAt(14)).toBe(1);
    expect(fewer.countAt(15)).toBe(0);
    const more = counting(10, 2, 0, 1, 2).resized(10, 4);
    more.add(3);
    expect(more.countAt(3)).toBe(3);
  });

  it('S08: counts what a list of all events has in the window, up to its capacity', () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 12 }), isAdded: fc.boolean() });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(step, { maxLength: 60 }),
        fc.nat(60),
        (windowNs, capacity, fewer, steps, resizedAt) => {
          let [count, most, nowNs] = [new SlidingCount(windowNs, capacity), capacity, -100];
          const times: number[] = [];
          for (const [index, { wait, isAdded }] of steps.entries()) {
            if (index === resizedAt && fewer < most) [count, most] = [count.resized(windowNs, fewer), fewer];
            nowNs += wait;
            if (isAdded) {
              count.add(nowNs);
              times.push(nowNs);
            }
            const inWindow = times.filter((atNs) => atNs > nowNs - windowNs).length;
            expect(count.countAt(nowNs)).toBe(Math.min(most, inWindow));
          }
        },
      ),
      { numRuns: runs(1000) },
    );
  });
});
