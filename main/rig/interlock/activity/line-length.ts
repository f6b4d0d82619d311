// Measures how far the signal of each channel travels, up and down, in a window of time. Rig thread; pure.
import type { StateArchive } from '../../../../common/base/state-archive.ts';
import type { ActivityGeometry } from './activity-input.ts';

/**
 * Line length: the sum of |x[n] − x[n − 1]| (Esteller et al. 2001), here divided by the number of steps, so that a window in which samples
 * are left out has the same value as a whole one.
 */
export class LineLength {
  readonly #channels: number;
  readonly #sums: Float64Array;
  readonly #previous: Float32Array;
  #hasPrevious = false;
  #steps = 0;

  constructor({ channels }: ActivityGeometry) {
    this.#channels = channels;
    this.#sums = new Float64Array(channels);
    this.#previous = new Float32Array(channels);
  }

  /** Steps of the window so far. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Takes the samples [from, until) of a block; they follow the ones before unless `leaveOut` was called between.
   * @param bandMicrovolts sample-major, at least until × channels, µV.
   */
  add(bandMicrovolts: Float32Array, from: number, until: number): void {
    if (!(from < until)) return;
    const channels = this.#channels;
    const sums = this.#sums;
    const previous = this.#previous;
    const first = this.#hasPrevious ? from : from + 1;
    const end = until * channels;
    for (let channel = 0; channel < channels; channel++) {
      let last = this.#hasPrevious ? previous[channel]! : bandMicrovolts[from * channels + channel]!;
      let sum = 0;
      for (let at = first * channels + channel; at < end; at += channels) {
        const value = bandMicrovolts[at]!;
        sum += Math.abs(value - last);
        last = value;
      }
      sums[channel]! += sum;
      previous[channel] = last;
    }
    this.#steps += until - first;
    this.#hasPrevious = true;
  }

  /** Samples are left out here: what comes next does not follow what came before. */
  leaveOut(): void {
    this.#hasPrevious = false;
  }

  /**
   * Ends the window and begins the next one.
   * @param meanSteps gets the line length per step of each channel, µV; NaN where a sample was not a number or nothing was heard.
   */
  endWindow(meanSteps: Float64Array): void {
    for (let channel = 0; channel < this.#channels; channel++) meanSteps[channel] = this.#sums[channel]! / this.#steps;
    this.#sums.fill(0);
    this.#steps = 0;
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    archive.array(this.#sums);
    archive.array(this.#previous);
    this.#hasPrevious = archive.flag(this.#hasPrevious);
    this.#steps = archive.number(this.#steps);
  }
}
