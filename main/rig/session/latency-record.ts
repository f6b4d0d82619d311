// Loop latencies of a session: recent percentiles for the page, a histogram of all, late ticks and how each was handled. Rig thread.
import { latencyBin, latencyBins } from '../../../common/contract/streams.ts';
import { lateHandlings, type LateHandling } from '../../../common/journal/records.ts';

const recentTicks = 1000;

export class LatencyRecord {
  readonly #recent = new Float32Array(recentTicks);
  readonly #sorted = new Float32Array(recentTicks);
  readonly histogram = new Uint32Array(latencyBins.count);
  readonly #handled = new Uint32Array(lateHandlings.length);
  ticks = 0;
  lateTicks = 0;

  /** @param milliseconds from the newest sample's acquisition to the end of the tick. */
  add(milliseconds: number, handling: number): void {
    this.#recent[this.ticks % recentTicks] = milliseconds;
    this.ticks++;
    const bin = latencyBin(milliseconds);
    this.histogram[bin] = (this.histogram[bin] ?? 0) + 1;
    if (handling > 0) {
      this.lateTicks++;
      this.#handled[handling] = (this.#handled[handling] ?? 0) + 1;
    }
  }

  lateHandling(): Partial<Record<LateHandling, number>> {
    const counts: Partial<Record<LateHandling, number>> = {};
    for (const [index, count] of this.#handled.entries()) {
      const handling = lateHandlings[index];
      if (count > 0 && handling !== undefined) counts[handling] = count;
    }
    return counts;
  }

  /** Percentiles of the last thousand ticks, ms. */
  recent(): { p50: number; p99: number; max: number } {
    const count = Math.min(this.ticks, recentTicks);
    if (count === 0) return { p50: 0, p99: 0, max: 0 };
    const sorted = this.#sorted.subarray(0, count);
    sorted.set(this.#recent.subarray(0, count));
    sorted.sort();
    const at = (fraction: number) => sorted[Math.min(count - 1, Math.floor(fraction * count))] ?? 0;
    return { p50: at(0.5), p99: at(0.99), max: sorted[count - 1] ?? 0 };
  }

  clear(): void {
    this.ticks = 0;
    this.lateTicks = 0;
    this.histogram.fill(0);
    this.#handled.fill(0);
  }
}
