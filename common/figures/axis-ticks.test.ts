import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  formatLatencyTick,
  formatTimeTick,
  linearTicks,
  roundDownNice,
  roundUpNice,
  scaleBarLength,
} from './axis-ticks.ts';

describe('round numbers', () => {
  it('are 1, 2 or 5 times a power of ten, on the right side of the value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (value) => {
        const [down, up] = [roundDownNice(value), roundUpNice(value)];
        for (const nice of [down, up]) expect(['1', '2', '5']).toContain(nice.toExponential(6).replace(/\.0+e.*/, ''));
        expect(down).toBeLessThanOrEqual(value * 1.000001);
        expect(up).toBeGreaterThanOrEqual(value * 0.999999);
        expect(up / value).toBeLessThan(2.51);
      }),
    );
  });
});

describe('ticks', () => {
  it('stand at round values within the range', () => {
    expect(linearTicks(-30, 0, 6).values).toEqual([-30, -25, -20, -15, -10, -5, 0]);
    expect(linearTicks(0, 1, 4)).toEqual({ step: 0.5, values: [0, 0.5, 1] });
  });

  it('have the digits that their step needs', () => {
    expect(formatTimeTick(0.25, 0.05, false)).toBe('0.25 s');
    expect(formatTimeTick(0.25, 0.05, true)).toBe('250 ms');
    expect(formatTimeTick(-20, 5, false)).toBe('−20 s');
    expect(formatTimeTick(-0.0001, 0.1, false)).toBe('0.0 s');
    expect([0.1, 1, 100, 1_000].map(formatLatencyTick)).toEqual(['0.1 ms', '1 ms', '100 ms', '1 s']);
  });
});

describe('scaleBarLength', () => {
  it('is the longest round quantity that fits', () => {
    expect(scaleBarLength(1.3, 60)).toEqual({ quantity: 50, pixels: 50 / 1.3 });
  });
});
