// Random damage that is the same for the same seed, and what a parser makes of it; for benches and tests of the device drivers. Rig thread.
import type { FuzzResult } from '../../../common/bench/fuzz-result.ts';

/** Uniform in 0 to n − 1. */
export type Choice = (n: number) => number;

/** By a generator of 32 bits (Marsaglia 2003, xorshift). */
export function seededChoice(seed: number): Choice {
  let state = seed >>> 0 || 1;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

/** Runs streams until so many damages were done. @param stream counts what it hands out, and damages more than the one that it is run for */
export function countDamages(damages: number, stream: (counts: FuzzResult) => void): FuzzResult {
  const counts: FuzzResult = { damaged: 0, accepted: 0, wrong: 0, crashes: 0, longestMs: 0 };
  while (counts.damaged < damages) {
    const startedMs = performance.now();
    try {
      stream(counts);
    } catch {
      counts.crashes++;
    }
    counts.damaged++;
    counts.longestMs = Math.max(counts.longestMs, performance.now() - startedMs);
  }
  return counts;
}
