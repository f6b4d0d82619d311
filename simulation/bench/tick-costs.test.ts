import { describe, expect, it } from 'vitest';
import { costsOf, type TickRecord } from './tick-costs.ts';

const quiet = (milliseconds: number): TickRecord => ({ milliseconds, arrivals: 0, firings: 0 });
/** A cycle on a machine that needs `slow` ms more for every tick. */
const cycle = (slow: number, arriving: number, firing: number): TickRecord[] => [
  { milliseconds: 1 + slow + firing, arrivals: 0, firings: 900 },
  quiet(0.9 + slow),
  { milliseconds: 1 + slow + arriving, arrivals: 1000, firings: 0 },
  quiet(1.1 + slow),
];

describe('costsOf', () => {
  it('compares ticks with the quiet ones of their own cycle, whatever slows all of it down', () => {
    const { arrivals, firings, quietMilliseconds } = costsOf([cycle(0, 2, 4), cycle(50, 3, 5), cycle(7, 2.5, 4.5)]);
    expect(arrivals.events).toBe(1000);
    expect(firings.events).toBeCloseTo(900, 9);
    expect(arrivals.extraMilliseconds.p50).toBeCloseTo(2.5, 9);
    expect(firings.extraMilliseconds.p50).toBeCloseTo(4.5, 9);
    expect(quietMilliseconds.p50).toBeCloseTo(8, 9);
  });

  it('gives quartiles, also below zero', () => {
    const { extraMilliseconds } = costsOf([cycle(0, -1, 1), cycle(0, 1, 1), cycle(0, 2, 1), cycle(0, 3, 1)]).arrivals;
    expect(extraMilliseconds.p25).toBeCloseTo(-1, 9);
    expect(extraMilliseconds.p75).toBeCloseTo(2, 9);
  });

  it('refuses cycles that tell nothing', () => {
    expect(() => costsOf([cycle(0, 1, 1).filter(({ arrivals, firings }) => arrivals + firings > 0)])).toThrow(
      /nothing happens/,
    );
    expect(() => costsOf([[quiet(1), { milliseconds: 2, arrivals: 1, firings: 1 }]])).toThrow(/do not arrive/);
    expect(() => costsOf([[quiet(1)]])).toThrow(/receivers fire/);
  });
});
