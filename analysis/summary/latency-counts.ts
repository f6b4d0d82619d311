// Exact percentiles of any number of durations in bounded memory: how often each whole microsecond occurred; analysis process.
import type { Percentiles } from '../../common/journal/session-summary.ts';

/** Durations are rounded to whole microseconds, far below what a loop's jitter can tell; the percentiles of these are exact. */
export class LatencyCounts {
  readonly #counts = new Map<number, number>();
  #total = 0;

  add(nanoseconds: number): void {
    const microseconds = Math.round(nanoseconds / 1000);
    this.#counts.set(microseconds, (this.#counts.get(microseconds) ?? 0) + 1);
    this.#total++;
  }

  /** Percentiles in ms. */
  percentiles(): Percentiles {
    const sorted = [...this.#counts].sort(([a], [b]) => a - b);
    const at = (fraction: number): number => {
      let left = Math.max(1, Math.ceil(fraction * this.#total));
      for (const [microseconds, count] of sorted) {
        left -= count;
        if (left <= 0) return microseconds / 1000;
      }
      return 0;
    };
    return { count: this.#total, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
  }
}
