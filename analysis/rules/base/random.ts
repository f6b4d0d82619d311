// Seeded random numbers in double precision for rule studies: the same seed gives the same study on every machine; analysis process.

/** xoshiro128** (Blackman & Vigna 2018), seeded by splitmix32. */
export class Random {
  readonly #state = new Uint32Array(4);
  #spare: number | undefined;

  /** @param stream independent uses of one seed: feedback weights, say, must not be drawn like forward weights */
  constructor(seed: number, stream = 0) {
    let mixed = (Math.imul(seed, 0x9e3779b9) ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0;
    for (let word = 0; word < 4; word++) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let hash = mixed;
      hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
      hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
      this.#state[word] = hash ^ (hash >>> 15);
    }
  }

  /** @returns a whole number from 0 to 2³² − 1. */
  next(): number {
    const state = this.#state;
    const [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const [c1, d1] = [c ^ a, d ^ b];
    state[1] = b ^ c1;
    state[0] = a ^ d1;
    state[2] = c1 ^ (b << 9);
    state[3] = (d1 << 11) | (d1 >>> 21);
    return result;
  }

  /** @returns a number from 0 up to, not including, 1, with 53 bits. */
  uniform(): number {
    return ((this.next() >>> 5) * 0x400_0000 + (this.next() >>> 6)) / 2 ** 53;
  }

  /** @returns a whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** @returns a normal deviate, mean 0, variance 1 (Box & Muller 1958). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
