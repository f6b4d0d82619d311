import { describe, expect, it } from 'vitest';
import { frameSpread } from './frame-spread.ts';

describe('the lengths of frames', () => {
  it('are between the beginnings of frames, and above a limit only by more than the clock of a page is coarse', () => {
    const lengths = [16.6, 16.7, 16.7, 16.8, 33.3, 33.4, 33.5, 100];
    let at = 1000;
    const spread = frameSpread([at, ...lengths.map((length) => (at += length))]);
    expect(spread).toMatchObject({ frames: 8, p50: 16.8, p99: 100, max: 100 });
    expect(spread.above16_7).toBe(5 / 8);
    expect(spread.above33).toBe(2 / 8);
  });

  it('are none of a single frame', () => {
    expect(frameSpread([5])).toMatchObject({ frames: 0, p50: 0, above33: 0 });
  });
});
