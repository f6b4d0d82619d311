import { describe, expect, it } from 'vitest';
import { ElectrodeNoise } from './electrode-noise.ts';

const channels = 4;

function fill(seed: number, from: number, count: number): Float32Array {
  const block = new Float32Array(count * channels);
  new ElectrodeNoise(20, seed).fill(block, from, count, channels);
  return block;
}

describe('electrode noise', () => {
  it('has the given standard deviation and no mean', () => {
    const values = fill(1, 0, 20_000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.5);
    expect(Math.sqrt(variance)).toBeGreaterThan(19.5);
    expect(Math.sqrt(variance)).toBeLessThan(20.5);
  });

  it('depends on seed, channel and sample alone, not on where a block begins', () => {
    const whole = fill(1, 0, 500);
    for (const [from, count] of [
      [0, 30],
      [63, 2],
      [100, 300],
    ] as const) {
      expect(fill(1, from, count)).toEqual(whole.slice(from * channels, (from + count) * channels));
    }
    expect(fill(2, 0, 500)).not.toEqual(whole);
  });

  it('is not the same on two channels or at two times', () => {
    const values = fill(1, 0, 10_000);
    const correlation = (channelA: number, channelB: number, lag: number) => {
      let sum = 0;
      for (let row = 0; row < 9000; row++)
        sum += values[row * channels + channelA]! * values[(row + lag) * channels + channelB]!;
      return sum / 9000 / 400;
    };
    expect(correlation(0, 0, 0)).toBeGreaterThan(0.9);
    for (const [a, b, lag] of [
      [0, 1, 0],
      [2, 3, 0],
      [0, 0, 1],
      [0, 0, 64],
    ] as const)
      expect(Math.abs(correlation(a, b, lag))).toBeLessThan(0.05);
  });
});
