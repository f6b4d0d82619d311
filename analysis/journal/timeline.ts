// Where samples and ticks of a session lie in time, gaps included; analysis process.
import type { BlockHeader, RecordVisitor, TickRecord } from './record-visitor.ts';

/** Samples without a gap between them. */
export interface Segment {
  firstSample: number;
  samples: number;
}

/** Ticks that follow each other without a gap in the samples. */
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
  readonly #tickRuns: TickRun[] = [];
  /** Host ns at which the first recorded sample was acquired. */
  firstSampleNs = 0;
  ticks = 0;
  /** Whether tick numbers or their samples jump somewhere. */
  #hasTickJump = false;
  #nextTick = 0;

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

  /** Whether every tick follows the one before at the tick's interval. */
  get areTicksRegular(): boolean {
    return !this.#hasTickJump;
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
    const run = this.#tickRuns.at(-1);
    const continues = run !== undefined && firstSample === run.firstSample + (tick - run.firstTick) * this.#samplesPerTick;
    if (run !== undefined && (!continues || tick !== this.#nextTick)) this.#hasTickJump = true;
    if (!continues) this.#tickRuns.push({ firstTick: tick, firstSample });
    this.#nextTick = tick + 1;
    this.ticks++;
  }

  /** Time of a sample in s. */
  secondsAt(sample: number): number {
    return (sample - this.firstSample) / this.sampleRateHz;
  }

  /** Sample right behind a tick: the moment at which its data were complete. The newest sample while no tick is known. */
  endOfTick(tick: number): number {
    const run = this.#tickRuns.findLast(({ firstTick }) => firstTick <= tick) ?? this.#tickRuns[0];
    if (run === undefined) return this.endSample;
    return run.firstSample + (tick - run.firstTick + 1) * this.#samplesPerTick;
  }
}
