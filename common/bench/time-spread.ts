// How a list of times is spread; used by the threads of benches, and by who prints them.
import { percentile } from '../base/percentile.ts';

/** Of a list of times, ms; all 0 of nothing. */
export interface TimeSpread {
  count: number;
  p5: number;
  p50: number;
  p95: number;
  p99: number;
  p999: number;
  max: number;
}

/** @param values ms @returns rounded to microseconds */
export function spreadOf(values: readonly number[]): TimeSpread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(percentile(sorted, share) * 1000) / 1000;
  return {
    count: sorted.length,
    p5: at(0.05),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: at(1),
  };
}
