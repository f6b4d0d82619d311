import { describe, expect, it } from 'vitest';
import { key, mix, normal, RandomSequence } from './random.ts';

describe('the hash', () => {
  it('is one to one on a stretch of integers and flips about half of the bits', () => {
    const seen = new Set<number>();
    let flipped = 0;
    for (let value = 0; value < 20_000; value++) {
      seen.add(mix(value));
      for (let bits = mix(value) ^ mix(value ^ 1); bits !== 0; bits &= bits - 1) flipped++;
    }
    expect(seen.size).toBe(20_000);
    expect(flipped / 20_000).toBeGreaterThan(15.5);
    expect(flipped / 20_000).toBeLessThan(16.5);
  });

  it('gives every seed, purpose and index a key of its own', () => {
    const keys = new Set<number>();
    for (let seed = 0; seed < 10; seed++) {
      for (const purpose of ['connections', 'weights', 'noise'] as const) {
        for (let index = 0; index < 20; index++) {
          for (let subindex = 0; subindex < 20; subindex++) keys.add(key(seed, purpose, index, subindex));
        }
      }
    }
    expect(keys.size).toBe(10 * 3 * 20 * 20);
  });
});

describe('a random sequence', () => {
  it('is PCG-RXS-M-XS, calculated here with big integers', () => {
    let state = BigInt(mix(42));
    const expected = Array.from({ length: 100 }, () => {
      const word = (((state >> ((state >> 28n) + 4n)) ^ state) * 277803737n) & 0xffff_ffffn;
      state = (state * 747796405n + 2891336453n) & 0xffff_ffffn;
      return Number((word >> 22n) ^ word);
    });
    const random = new RandomSequence(42);
    expect(expected.map(() => random.next())).toEqual(expected);
  });

  it('is uniform above 0 and up to 1', () => {
    const random = new RandomSequence(7);
    const counts = new Array<number>(10).fill(0);
    let outside = 0;
    for (let draw = 0; draw < 100_000; draw++) {
      const value = random.uniform();
      if (!(value > 0 && value <= 1)) outside++;
      counts[Math.ceil(value * 10) - 1]!++;
    }
    expect(outside).toBe(0);
    // Chi-squared with 9 degrees of freedom: 27.9 is its 99.9 % quantile; the draw is always the same.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });
});

describe('a normal deviate', () => {
  it('has the moments and the quantiles of the normal distribution', () => {
    const random = new RandomSequence(1);
    const draws = Float64Array.from({ length: 400_000 }, () => normal(random.next())).sort();
    const moment = (power: number) => draws.reduce((sum, value) => sum + value ** power, 0) / draws.length;
    expect(moment(1)).toBeCloseTo(0, 2);
    expect(moment(2)).toBeCloseTo(1, 2);
    expect(moment(3)).toBeCloseTo(0, 1);
    expect(moment(4)).toBeCloseTo(3, 1);
    const quantiles = [0.001, 0.02275, 0.1587, 0.5, 0.8413, 0.97725, 0.999].map(
      (p) => draws[Math.round(p * draws.length)]!,
    );
    const expected = [-3.09, -2, -1, 0, 1, 2, 3.09];
    for (const [index, quantile] of quantiles.entries())
      expect(Math.abs(quantile - expected[index]!)).toBeLessThan(0.04);
  });
});
