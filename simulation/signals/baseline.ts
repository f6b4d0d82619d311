// The running mean that is subtracted from a signal; simulation process.
import { decayOf } from './decay.ts';

export class Baseline {
  /** The mean so far. */
  readonly mean = new Float64Array(1);
  readonly #decay: number | undefined;

  /** @param timeConstantMilliseconds 0: nothing is subtracted */
  constructor(timeConstantMilliseconds: number, tickMilliseconds: number) {
    this.#decay = timeConstantMilliseconds === 0 ? undefined : decayOf(tickMilliseconds, timeConstantMilliseconds);
  }

  /** @returns the value above the mean of the ticks before; the mean then takes it in. */
  above(value: number): number {
    if (this.#decay === undefined) return value;
    const before = this.mean[0]!;
    this.mean[0] = before + (1 - this.#decay) * (value - before);
    return value - before;
  }
}
