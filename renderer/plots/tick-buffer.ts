// Loop latencies of the last minute, gathered into tenths of a second by minimum, median and maximum; used in the page.

/** Ticks of one column of the latency strip. */
export interface LatencyColumn {
  /** Stream seconds at its start. */
  seconds: number;
  /** ms. */
  min: number;
  median: number;
  max: number;
}

export const latencyColumnSeconds = 0.1;
/** Ticks of one column that the median is taken of; further ticks of the same column count for minimum and maximum only. */
const medianTicks = 1_024;

export class TickBuffer {
  readonly #columns: number;
  #done: LatencyColumn[] = [];
  readonly #open = new Float32Array(medianTicks);
  #openIndex = -1;
  #openTicks = 0;
  #openMin = Infinity;
  #openMax = -Infinity;
  /** Stream seconds at the end of the newest tick. */
  newestSeconds = 0;
  /** Counts completed columns; a plot that has drawn this revision has nothing to do. */
  revision = 0;

  /** @param seconds how much is kept. */
  constructor(seconds: number) {
    this.#columns = Math.round(seconds / latencyColumnSeconds);
  }

  /** Completed columns, oldest first. */
  get columns(): readonly LatencyColumn[] {
    return this.#done;
  }

  /** @param seconds stream time at each tick's end. @param milliseconds its latency. */
  push(seconds: Float64Array, milliseconds: Float32Array): void {
    for (let tick = 0; tick < seconds.length; tick++) {
      const end = seconds[tick]!;
      // A tick whose pulse was acknowledged late comes after younger ones: it counts in the column that is open.
      const index = Math.max(Math.floor(end / latencyColumnSeconds), this.#openIndex);
      if (index !== this.#openIndex) this.#close(index);
      const latency = milliseconds[tick]!;
      if (this.#openTicks < medianTicks) this.#open[this.#openTicks++] = latency;
      this.#openMin = Math.min(this.#openMin, latency);
      this.#openMax = Math.max(this.#openMax, latency);
      this.newestSeconds = Math.max(this.newestSeconds, end);
    }
  }

  clear(): void {
    this.#done = [];
    this.#openIndex = -1;
    this.#openTicks = 0;
    this.newestSeconds = 0;
    this.revision++;
  }

  #close(nextIndex: number): void {
    if (this.#openTicks > 0) {
      const sorted = this.#open.subarray(0, this.#openTicks).sort();
      this.#done.push({
        seconds: this.#openIndex * latencyColumnSeconds,
        min: this.#openMin,
        median: sorted[this.#openTicks >> 1]!,
        max: this.#openMax,
      });
      if (this.#done.length > this.#columns) this.#done.shift();
      this.revision++;
    }
    this.#openIndex = nextIndex;
    this.#openTicks = 0;
    this.#openMin = Infinity;
    this.#openMax = -Infinity;
  }
}
