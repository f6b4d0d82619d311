// Mean rates of units, each decaying exponentially; simulation process.
import { decayOf } from './decay.ts';

export class UnitRates {
  /** In Hz. */
  readonly hertz: Float64Array;
  readonly #decay: number;
  /** What one spike adds: a steady rate then reads as itself. */
  readonly #perSpike: number;

  constructor(units: number, timeConstantMilliseconds: number, tickMilliseconds: number) {
    this.hertz = new Float64Array(units);
    this.#decay = decayOf(tickMilliseconds, timeConstantMilliseconds);
    this.#perSpike = ((1 - this.#decay) * 1000) / tickMilliseconds;
  }

  add(counts: Uint32Array): void {
    const { hertz } = this;
    for (let unit = 0; unit < hertz.length; unit++)
      hertz[unit] = hertz[unit]! * this.#decay + counts[unit]! * this.#perSpike;
  }

  get mean(): number {
    return this.hertz.reduce((sum, rate) => sum + rate, 0) / this.hertz.length;
  }
}
