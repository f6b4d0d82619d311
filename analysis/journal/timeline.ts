// Where samples and ticks of a session lie in time, gaps included; analysis process.
import type { BlockHeader, RecordVisitor, TickRecord } from './record-visitor.ts';

/** Samples without a gap between them. */
export interface Segment {
  firstSample: number;
  samples: number;
}

/** From `firstTick` on, ticks follow each other without a gap in the samples. */
interface TickRun {
  firstTick: number;
  firstSample: number;
}

/**
 * Gathers, from the blocks and ticks that it is shown, what lies where. Time zero is the session's first recorded sample.
 * Complete after the whole journal was read; before that it knows what came so far.
 */
export class Timeline implements RecordVisitor {
  readonly sampleRateHz: number;
  readonly #samplesPerTick: number;
  readonly segments: Segment[] = [];
  /** In order of ticks. */
  readonly #tickRuns: TickRun[] = [];
  /** Host ns at which the first recorded sample was acquired. */
  firstSampleNs = 0;
  ticks = 0;
  lowestTick = Infinity;
  #highestTick = -Infinity;

  constructor(sampleRateHz: number, samplesPerTick: number) {
    this.sampleRateHz = sampleRateHz;
    this.#samplesPerTick = samplesPerTick;
  }

  get firstSample(): number {
    return this.segments[0]?.firstSample ?? 0;
  }

  /** One past the newest sample. */
  get endSample(): number {
    const last = this.segments.at(-1);
    return last ? last.firstSample + last.samples : 0;
  }

  /** Samples per channel that are there. */
  get samples(): number {
    return this.segments.reduce((sum, segment) => sum + segment.samples, 0);
  }

  /** Whether every tick from the first to the last is there, each at the tick's interval behind the one before. */
  get areTicksRegular(): boolean {
    return this.#tickRuns.length === 1 && this.ticks === this.#highestTick - this.lowestTick + 1;
  }

  get tickRateHz(): number {
    return this.sampleRateHz / this.#samplesPerTick;
  }

  block({ firstSample, acquiredNs, sampleCount }: BlockHeader): void {
    const last = this.segments.at(-1);
    if (last === undefined) this.firstSampleNs = acquiredNs - ((sampleCount - 1) / this.sampleRateHz) * 1e9;
    if (last !== undefined && firstSample === this.endSample) last.samples += sampleCount;
    else this.segments.push({ firstSample, samples: sampleCount });
  }

  tick({ tick, firstSample }: TickRecord): void {
    this.ticks++;
    this.lowestTick = Math.min(this.lowestTick, tick);
    this.#highestTick = Math.max(this.#highestTick, tick);
    const at = this.#runIndex(tick);
    const run = this.#tickRuns[at] ?? this.#tickRuns[0];
    if (run && firstSample === run.firstSample + (tick - run.firstTick) * this.#samplesPerTick) return;
    this.#tickRuns.splice(at + 1, 0, { firstTick: tick, firstSample });
  }

  /** Time of a sample in s. */
  secondsAt(sample: number): number {
    return (sample - this.firstSample) / this.sampleRateHz;
  }

  /** Sample right behind a tick: the moment at which its data were complete. The newest sample while no tick is known. */
  endOfTick(tick: number): number {
    const run = this.#tickRuns[this.#runIndex(tick)] ?? this.#tickRuns[0];
    if (run === undefined) return this.endSample;
    return run.firstSample + (tick - run.firstTick + 1) * this.#samplesPerTick;
  }

  /** Index of the last run that begins at or before a tick; -1 when all begin later. */
  #runIndex(tick: number): number {
    return this.#tickRuns.findLastIndex(({ firstTick }) => firstTick <= tick);
  }
}
