// How samples arrive: rate by this computer's clock, how late they are against the earliest, how old they are. Rig thread; pure.
import { ClockFit } from './hardware/clock-fit.ts';

/** Blocks that are judged: two seconds of blocks of 1 ms. */
const keptBlocks = 2048;
/** The rate is told from the longest stretch that is there, s; over less than the shortest, chance lateness is too large a part. */
const rateSeconds = [30, 10, 4] as const;

export interface Arrivals {
  /** Samples per second; undefined in the first seconds. */
  rateHz: number | undefined;
  /** 99th percentile of the delay behind the earliest arrivals, ms; undefined before the first second is over. */
  jitterMilliseconds: number | undefined;
  /** Median age of the newest sample of a block when it arrives, ms; undefined before the first. */
  ageMilliseconds: number | undefined;
}

export class ArrivalWatch {
  readonly #fit: ClockFit;
  readonly #nominalHz: number;
  readonly #lateNs = new Float64Array(keptBlocks);
  readonly #agesNs = new Float64Array(keptBlocks);
  #lateCount = 0;
  #ageCount = 0;
  /** The line of the earliest arrivals, made anew each second: a block costs one product. */
  #line: { sample: number; expectedNs: number; sampleNs: number } | undefined;
  #second = -Infinity;

  constructor(sampleRateHz: number) {
    this.#nominalHz = sampleRateHz;
    this.#fit = new ClockFit(sampleRateHz);
  }

  /** @param newestSample of the block @param arrivedNs and @param acquiredNs of it, host monotonic */
  note(newestSample: number, arrivedNs: number, acquiredNs: number): void {
    this.#fit.note(newestSample, arrivedNs);
    this.#agesNs[this.#ageCount++ % keptBlocks] = arrivedNs - acquiredNs;
    const second = Math.floor(arrivedNs / 1e9);
    if (second !== this.#second) {
      // The first line would go through the first block, which is as late as chance has it.
      this.#line = this.#second === -Infinity ? undefined : this.#newLine(newestSample);
      this.#second = second;
    }
    if (this.#line === undefined) return;
    const { sample, expectedNs, sampleNs } = this.#line;
    const lateNs = arrivedNs - expectedNs - (newestSample - sample) * sampleNs;
    this.#lateNs[this.#lateCount++ % keptBlocks] = Math.max(0, lateNs);
  }

  report(): Arrivals {
    return {
      rateHz: this.#rateHz(),
      jitterMilliseconds: quantile(this.#lateNs, this.#lateCount, 0.99),
      ageMilliseconds: quantile(this.#agesNs, this.#ageCount, 0.5),
    };
  }

  #rateHz(): number | undefined {
    for (const seconds of rateSeconds) {
      const rate = this.#fit.rateHz(seconds);
      if (rate !== undefined) return rate;
    }
    return undefined;
  }

  #newLine(sample: number) {
    const expectedNs = this.#fit.expectedNs(sample);
    return expectedNs === undefined
      ? undefined
      : { sample, expectedNs, sampleNs: 1e9 / (this.#rateHz() ?? this.#nominalHz) };
  }
}

/** @returns ms of ns; undefined of nothing */
function quantile(ring: Float64Array, count: number, share: number): number | undefined {
  const held = Math.min(count, ring.length);
  if (held === 0) return undefined;
  const sorted = ring.slice(0, held).sort();
  return (sorted[Math.min(held - 1, Math.floor(share * held))] ?? 0) / 1e6;
}
