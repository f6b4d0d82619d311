// Seeded randomness for the virtual tissue; runs in the virtual rig.

/**
 * Mixes integers into one of 32 bits: the same words give the same number, so that what happens at a sample does not
 * depend on how often anything was drawn before. Finaliser of MurmurHash3 (A. Appleby, 2011).
 */
export function hash32(...words: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** Splits a safe integer into two words for `hash32`. */
export const lowWord = (value: number): number => value % 2 ** 32;
export const highWord = (value: number): number => Math.floor(value / 2 ** 32);

/** Uniform numbers and what is made of them. Generator: mulberry32 (T. Ettinger, 2017), period 2³². */
export class SeededRandom {
  #state: number;

  /** @param words what the stream belongs to, such as the seed and the number of a neuron */
  constructor(...words: readonly number[]) {
    this.#state = hash32(...words);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller, 1958). */
  normal(): number {
    return Math.sqrt(2 * this.exponential()) * Math.cos(2 * Math.PI * this.uniform());
  }
}
