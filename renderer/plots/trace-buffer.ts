// The last seconds of all electrodes, decimated by minimum and maximum, in a ring of typed arrays; used in the page.
import type { LiveHeader, TraceSignal } from '../../common/contract/streams.ts';

/** A missing bin has its minimum above its maximum, so that it vanishes when bins are merged. */
const missingMin = 32_767;
const missingMax = -32_768;

export type TraceLayout = LiveHeader['traces'];

export class TraceBuffer {
  readonly #capacitySeconds: number;
  /** Minima, bin-major (ring of bins × channels), counts of `microvoltsPerCount`. */
  min = new Int16Array(0);
  /** Maxima, as `min`. */
  max = new Int16Array(0);
  channels = 0;
  capacityBins = 0;
  binSeconds = 1;
  microvoltsPerCount = 1;
  signal: TraceSignal = 'band';
  /** Oldest bin that is kept, counted from the stream's start. */
  firstBin = 0;
  /** The bin after the newest. */
  endBin = 0;
  /** Bins that never came since the last `clear`. */
  missingBins = 0;

  constructor(capacitySeconds: number) {
    this.#capacitySeconds = capacitySeconds;
  }

  get endSeconds(): number {
    return this.endBin * this.binSeconds;
  }

  get firstSeconds(): number {
    return this.firstBin * this.binSeconds;
  }

  get isEmpty(): boolean {
    return this.endBin === this.firstBin;
  }

  /** Appends one message's bins. A jump forward leaves missing bins; another layout or a step back starts anew. */
  push(layout: TraceLayout, min: Int16Array, max: Int16Array): void {
    if (!this.#hasLayout(layout)) this.#allocate(layout);
    if (layout.bins === 0) return;
    if (this.isEmpty || layout.firstBin < this.endBin) {
      this.clear();
      this.firstBin = this.endBin = layout.firstBin;
    }
    this.#skipTo(layout.firstBin);
    this.#append(layout.bins, min, max);
  }

  clear(): void {
    this.firstBin = this.endBin = 0;
    this.missingBins = 0;
  }

  /** Place of a bin's first channel in `min` and `max`. */
  offsetOf(bin: number): number {
    return (bin % this.capacityBins) * this.channels;
  }

  /** Whether nothing is known of this bin: it was lost, is too old or has not come yet. */
  isMissing(bin: number): boolean {
    if (bin < this.firstBin || bin >= this.endBin) return true;
    const offset = this.offsetOf(bin);
    return this.min[offset]! > this.max[offset]!;
  }

  #hasLayout(layout: TraceLayout): boolean {
    return (
      layout.channels === this.channels &&
      layout.binSeconds === this.binSeconds &&
      layout.microvoltsPerCount === this.microvoltsPerCount &&
      layout.signal === this.signal
    );
  }

  #allocate(layout: TraceLayout): void {
    this.clear();
    this.channels = layout.channels;
    this.binSeconds = layout.binSeconds;
    this.microvoltsPerCount = layout.microvoltsPerCount;
    this.signal = layout.signal;
    this.capacityBins = Math.ceil(this.#capacitySeconds / layout.binSeconds);
    this.min = new Int16Array(this.capacityBins * layout.channels);
    this.max = new Int16Array(this.capacityBins * layout.channels);
  }

  #skipTo(bin: number): void {
    const lost = bin - this.endBin;
    if (lost === 0) return;
    this.missingBins += lost;
    const from = Math.max(this.endBin, bin - this.capacityBins);
    for (let skipped = from; skipped < bin; skipped++) {
      const offset = this.offsetOf(skipped);
      this.min.fill(missingMin, offset, offset + this.channels);
      this.max.fill(missingMax, offset, offset + this.channels);
    }
    this.#advance(bin);
  }

  #append(bins: number, min: Int16Array, max: Int16Array): void {
    const { channels } = this;
    let done = Math.max(0, bins - this.capacityBins);
    const start = this.endBin;
    while (done < bins) {
      const place = (start + done) % this.capacityBins;
      const run = Math.min(bins - done, this.capacityBins - place);
      this.min.set(min.subarray(done * channels, (done + run) * channels), place * channels);
      this.max.set(max.subarray(done * channels, (done + run) * channels), place * channels);
      done += run;
    }
    this.#advance(start + bins);
  }

  #advance(endBin: number): void {
    this.endBin = endBin;
    this.firstBin = Math.max(this.firstBin, endBin - this.capacityBins);
  }
}
