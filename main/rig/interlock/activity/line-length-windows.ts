// Cuts the signal into windows, leaves out what is blanked, and says how far each channel lies above its baseline. Rig thread; pure.
import type { StateArchive } from '../../../../common/base/state-archive.ts';
import type { ActivityGeometry } from './activity-input.ts';
import { LineLength } from './line-length.ts';
import { RunningBaseline } from './running-baseline.ts';

const windowSeconds = 0.25;
const rememberedSeconds = 120;
/** Nothing is judged before so much has been heard. */
const neededSeconds = 10;
const heldBackMaxSeconds = 60;
/** Of a window of which less is heard nothing is known. */
const heardMinShare = 0.2;
/** Smallest σ: a share of the baseline by which living tissue varies anyway, and a step well below the noise of any amplifier. */
const sigmaMinMicrovolts = (median: number) => Math.max(0.04 * median, 0.05);

/**
 * Takes a window that can be judged, [from, until) in samples.
 * @param sigmas of each channel above its baseline; NaN: not known. Overwritten by the next window.
 */
export type OnWindow = (sigmas: Float64Array, from: number, until: number) => void;

export class LineLengthWindows {
  readonly #windowSamples: number;
  readonly #onWindow: OnWindow;
  readonly #lineLength: LineLength;
  readonly #baselines: readonly RunningBaseline[];
  readonly #meanSteps: Float64Array;
  readonly #sigmas: Float64Array;
  #nextSample = NaN;
  #windowEnd = NaN;
  #heardWindows = 0;
  #blankFrom = -Infinity;
  #blankUntil = -Infinity;

  constructor(geometry: ActivityGeometry, onWindow: OnWindow) {
    const { channels, sampleRateHz } = geometry;
    const memory = {
      remembered: rememberedSeconds / windowSeconds,
      needed: neededSeconds / windowSeconds,
      heldBackMax: heldBackMaxSeconds / windowSeconds,
    };
    this.#windowSamples = Math.round(windowSeconds * sampleRateHz);
    this.#onWindow = onWindow;
    this.#lineLength = new LineLength(geometry);
    this.#baselines = Array.from({ length: channels }, () => new RunningBaseline(memory, sigmaMinMicrovolts));
    this.#meanSteps = new Float64Array(channels);
    this.#sigmas = new Float64Array(channels);
  }

  /** Whether enough has been heard for windows to be judged. */
  get isReady(): boolean {
    return this.#heardWindows >= neededSeconds / windowSeconds;
  }

  /** End of the newest blanking, sample; −Infinity before the first. */
  get blankedUntil(): number {
    return this.#blankUntil;
  }

  /** Leaves out the samples [from, until). A blanking that is still to come or not over yet is extended to cover both. */
  blank(from: number, until: number): void {
    if (!(from < until)) return;
    const isOver = !(this.#blankUntil > this.#nextSample);
    this.#blankFrom = isOver ? from : Math.min(this.#blankFrom, from);
    this.#blankUntil = isOver ? until : Math.max(this.#blankUntil, until);
  }

  /** @param bandMicrovolts sample-major, at least sampleCount × channels, µV. Lost samples count as not heard. */
  note(firstSample: number, sampleCount: number, bandMicrovolts: Float32Array): void {
    if (firstSample !== this.#nextSample) this.#lineLength.leaveOut();
    if (Number.isNaN(this.#windowEnd)) this.#windowEnd = firstSample + this.#windowSamples;
    const end = firstSample + sampleCount;
    let at = firstSample;
    while (end >= this.#windowEnd) {
      this.#hear(bandMicrovolts, firstSample, at, this.#windowEnd);
      at = Math.max(at, this.#windowEnd);
      this.#endWindow();
    }
    this.#hear(bandMicrovolts, firstSample, at, end);
    this.#nextSample = end;
  }

  /** The samples [from, until) of a block, without those that are blanked. */
  #hear(bandMicrovolts: Float32Array, firstSample: number, from: number, until: number): void {
    if (!(this.#blankFrom < until && this.#blankUntil > from)) {
      this.#lineLength.add(bandMicrovolts, from - firstSample, until - firstSample);
      return;
    }
    this.#lineLength.add(bandMicrovolts, from - firstSample, this.#blankFrom - firstSample);
    this.#lineLength.leaveOut();
    this.#lineLength.add(bandMicrovolts, this.#blankUntil - firstSample, until - firstSample);
  }

  #endWindow(): void {
    const until = this.#windowEnd;
    const from = until - this.#windowSamples;
    const canJudge = this.isReady;
    const isHeard = this.#lineLength.steps >= heardMinShare * this.#windowSamples;
    this.#lineLength.endWindow(this.#meanSteps);
    this.#windowEnd += this.#windowSamples;
    if (isHeard) this.#heardWindows++;
    for (let channel = 0; channel < this.#sigmas.length; channel++)
      this.#sigmas[channel] = isHeard ? this.#baselines[channel]!.note(this.#meanSteps[channel]!) : NaN;
    if (canJudge) this.#onWindow(this.#sigmas, from, until);
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    this.#lineLength.exchange(archive);
    for (const baseline of this.#baselines) baseline.exchange(archive);
    this.#nextSample = archive.number(this.#nextSample);
    this.#windowEnd = archive.number(this.#windowEnd);
    this.#heardWindows = archive.number(this.#heardWindows);
    this.#blankFrom = archive.number(this.#blankFrom);
    this.#blankUntil = archive.number(this.#blankUntil);
  }
}
