// How the lengths of a browser's frames are spread; pure; main process of the plain-Node shell.
import { percentile } from '../../../../../common/base/percentile.ts';

/** A frame of 60 Hz, and two of them. */
const frameLimits = { one: 1000 / 60, two: 2000 / 60 } as const;
/** A page's clock is coarser than a frame's length is exact. */
const clockMilliseconds = 0.11;

export interface Spread {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** How long frames took, from the beginning of one to that of the next, ms. */
export interface FrameSpread extends Spread {
  frames: number;
  /** Shares, 0 to 1. */
  above16_7: number;
  above33: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(percentile(sorted, share) * 100) / 100;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** @param beginnings of frames, ms, in order. */
export function frameSpread(beginnings: readonly number[]): FrameSpread {
  const lengths = beginnings.slice(1).map((at, index) => at - beginnings[index]!);
  const above = (limit: number) =>
    lengths.filter((length) => length > limit + clockMilliseconds).length / Math.max(1, lengths.length);
  return {
    frames: lengths.length,
    ...spread(lengths),
    above16_7: above(frameLimits.one),
    above33: above(frameLimits.two),
  };
}
