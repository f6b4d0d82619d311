// Which sample stands at a time of an NWB file, and where its time stamps have gaps; analysis process.
import { CountCheck } from '../count-check.ts';
import type { ElectricalSeries } from './electrical-series.ts';

/** Time stamps are fractions, and clocks of computers jitter: half a sample more is a gap. */
const gapSamples = 1.5;

export class SampleTimes {
  readonly #series: Pick<ElectricalSeries, 'timestamps' | 'startSeconds' | 'sampleRateHz'>;
  readonly #count: CountCheck;
  #last: number | undefined;
  #number = 0;

  constructor(series: Pick<ElectricalSeries, 'timestamps' | 'startSeconds' | 'sampleRateHz'>, notes: string[]) {
    this.#series = series;
    this.#count = new CountCheck(notes);
  }

  /** Looks at the time stamps of samples that are read for the first time, in order. */
  check(firstSample: number, count: number): void {
    const { timestamps, startSeconds, sampleRateHz } = this.#series;
    if (timestamps === undefined || !this.#count.isNext(firstSample)) return;
    for (const seconds of timestamps.read(firstSample, count)) {
      const step = this.#last === undefined ? 1 : (seconds - this.#last) * sampleRateHz;
      // Where the times go on, so does the count; behind a gap it is what the clock says.
      const clock = Math.round((seconds - startSeconds) * sampleRateHz);
      const isGap = !(step > 0 && step < gapSamples) && Number.isSafeInteger(clock);
      if (this.#last !== undefined) this.#number = isGap ? clock : this.#number + 1;
      this.#count.addRun(this.#number, 1);
      this.#last = seconds;
    }
  }

  /** @returns undefined for a time that is no number. */
  sampleAt(seconds: number): number | undefined {
    const { startSeconds, sampleRateHz } = this.#series;
    const number = Math.round((seconds - startSeconds) * sampleRateHz);
    return Number.isSafeInteger(number) ? this.#count.sampleOf(number, 0) : undefined;
  }
}
