import { describe, expect, it } from 'vitest';
import { LineLength } from './line-length.ts';

const lineLength = (channels = 1) => new LineLength({ channels, sampleRateHz: 1000 });

/** Ends the window. */
function take(measured: LineLength, channels = 1): number[] {
  const meanSteps = new Float64Array(channels);
  measured.endWindow(meanSteps);
  return [...meanSteps];
}

describe('LineLength', () => {
  it('is the mean of the steps between neighbouring samples of each channel', () => {
    const measured = lineLength(2);
    measured.add(Float32Array.of(0, 100, 3, 100, 1, 90, 1, 110), 0, 4);
    expect(measured.steps).toBe(3);
    expect(take(measured, 2)).toEqual([5 / 3, 10]);
  });

  it('is the same however the signal is cut into blocks', () => {
    const signal = Float32Array.from({ length: 60 }, (_, index) => (index * index * 7) % 31);
    const whole = lineLength(2);
    whole.add(signal, 0, 30);
    const cut = lineLength(2);
    for (const [from, until] of [
      [0, 1],
      [1, 1],
      [1, 8],
      [8, 29],
      [29, 30],
    ] as const)
      cut.add(signal, from, until);
    expect(cut.steps).toBe(whole.steps);
    expect(take(cut, 2)).toEqual(take(whole, 2));
  });

  it('counts the step from the last sample of a window to the next window', () => {
    const measured = lineLength();
    measured.add(Float32Array.of(0, 1), 0, 2);
    take(measured);
    measured.add(Float32Array.of(5), 0, 1);
    expect(take(measured)).toEqual([4]);
  });

  it('has no step across what is left out', () => {
    const measured = lineLength();
    measured.add(Float32Array.of(0, 1), 0, 2);
    measured.leaveOut();
    measured.add(Float32Array.of(500, 502), 0, 2);
    expect(measured.steps).toBe(2);
    expect(take(measured)).toEqual([1.5]);
  });

  it('is not a number where a sample is none or nothing was heard, and a number again in the next window', () => {
    const measured = lineLength(2);
    measured.add(Float32Array.of(0, 0, NaN, 1, 0, 0, 0, 1), 0, 4);
    expect(take(measured, 2)).toEqual([NaN, 1]);
    measured.add(Float32Array.of(2, 2), 0, 1);
    expect(take(measured, 2)).toEqual([2, 1]);
    expect(take(measured, 2)).toEqual([NaN, NaN]);
  });
});
