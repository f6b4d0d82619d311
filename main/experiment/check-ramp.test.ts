// The shortest ramp to an amplitude, against the interlock's own rule for the rise from pulse to pulse.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rampedNanoamps } from '../../common/experiment/ramp.ts';
import type { ElectrodeLimits } from '../../common/limits/electrode-limits.ts';
import { shortestRampSeconds } from './check-ramp.ts';

/** @param largestMicroamps largest amplitude. @param step in per cent of it. @param slew in per cent of it per second. */
function limits(largestMicroamps: number, step: number, slew: number): ElectrodeLimits {
  return {
    amplitudeMaxNanoamps: largestMicroamps * 1000,
    amplitudeStepMaxPermille: step * 10,
    amplitudeSlewMaxPermillePerSecond: slew * 10,
  } as ElectrodeLimits;
}

describe('a ramp', () => {
  test('is not needed up to one step', () => {
    expect(shortestRampSeconds(300, limits(3, 10, 20), 4)).toBe(0);
    expect(shortestRampSeconds(301, limits(3, 10, 20), 4)).toBeGreaterThan(0);
    expect(shortestRampSeconds(3000, limits(3, 100, 100_000), 200)).toBe(0);
  });

  test('to the largest amplitude lasts a little more than 4.5 s at 20 % per second, than 7.2 s at 12.5 %', () => {
    expect(shortestRampSeconds(3000, limits(3, 10, 20), 4)).toBe(4.6);
    expect(shortestRampSeconds(2_000_000, limits(2000, 10, 12.5), 50)).toBe(7.3);
  });

  test('is longer where pulses are so rare that their step decides', () => {
    // One pulse per second may rise by 10 %, though 20 % per second are allowed.
    expect(shortestRampSeconds(3000, limits(3, 10, 20), 1)).toBe(9.1);
  });

  test('is longer where whole nanoamps are coarse for the rate, and does not lead there where they are too coarse', () => {
    // 600 nA/s are 3 nA in 5 ms, of which one is lost to rounding.
    expect(shortestRampSeconds(3000, limits(3, 10, 20), 200)).toBe(6.8);
    expect(shortestRampSeconds(1000, limits(1, 10, 20), 100)).toBe(9);
    expect(shortestRampSeconds(1000, limits(1, 10, 20), 200)).toBeUndefined();
  });

  test('does not begin within a step of less than a tenth, nor last longer than ten minutes', () => {
    expect(shortestRampSeconds(3000, limits(3, 9, 20), 4)).toBeUndefined();
    expect(shortestRampSeconds(2700, limits(3, 9, 20), 4)).toBe(4.1);
    // 3.5 nA a second lead to 3 µA in 771 s.
    expect(shortestRampSeconds(3000, limits(3, 10, 0.15), 1)).toBeUndefined();
  });
});

test('pulses at the largest rate and rarer are within the interlock’s rule all along the shortest ramp', () => {
  const some = fc.record({
    largest: fc.integer({ min: 1, max: 3500 }),
    part: fc.double({ min: 0.1, max: 1, noNaN: true }),
    step: fc.integer({ min: 5, max: 20 }),
    slew: fc.integer({ min: 5, max: 100 }),
    rateHz: fc.integer({ min: 1, max: 200 }),
    pauses: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }),
  });
  fc.assert(
    fc.property(some, ({ largest, part, step, slew, rateHz, pauses }) => {
      const own = limits(largest, step, slew);
      const full = Math.max(1, Math.floor(largest * 1000 * part));
      const seconds = shortestRampSeconds(full, own, rateHz);
      fc.pre(seconds !== undefined && seconds > 0);
      const largestStep = Math.floor((own.amplitudeMaxNanoamps * own.amplitudeStepMaxPermille) / 1000);
      // After a longer pause the ramp has gone on by more than a step.
      const longestPause = ((largestStep - 1) * seconds!) / (0.9 * full);
      let [last, reach] = [0, largestStep];
      for (let [pulse, now] = [0, 0]; last < full; pulse++) {
        const amplitude = rampedNanoamps(full, now, seconds!);
        expect(amplitude, `at ${now} s of ${seconds} s to ${full} nA`).toBeLessThanOrEqual(reach);
        const pause = 1 / rateHz + pauses[pulse % pauses.length]! * Math.max(0, longestPause - 1 / rateHz);
        const permille = Math.min(own.amplitudeStepMaxPermille, own.amplitudeSlewMaxPermillePerSecond * pause);
        reach = amplitude + Math.floor((own.amplitudeMaxNanoamps * permille) / 1000);
        last = amplitude;
        now += pause;
      }
    }),
    { numRuns: 300 },
  );
});
