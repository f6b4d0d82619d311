// The dice of a simulation: everything that happens follows from the seed.
import { SeededRandom } from '../../main/virtual-rig/seeded-random.ts';

export class Dice {
  readonly #random: SeededRandom;

  constructor(...words: number[]) {
    this.#random = new SeededRandom(...words);
  }

  uniform(): number {
    return this.#random.uniform();
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.uniform() * (to - from + 1));
  }

  between(from: number, to: number): number {
    return from + this.uniform() * (to - from);
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.whole(0, values.length - 1)]!;
  }
}
