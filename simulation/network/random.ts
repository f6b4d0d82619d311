// Deterministic randomness: an integer hash, a small generator and normal deviates; simulation process.

/** Mixes the bits of a 32-bit integer, one to one ("lowbias32", Wellons 2018). @returns an unsigned 32-bit integer. */
export function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Independent uses of one seed. */
const purposes = { connections: 1, weights: 2, noise: 3, delays: 4, potentials: 5, decoder: 6, feedback: 7 } as const;

/** @returns an unsigned 32-bit key of its own for every seed, purpose and pair of indices. */
export function key(seed: number, purpose: keyof typeof purposes, index: number, subindex = 0): number {
  return mix(mix(mix(mix(seed) + purposes[purpose]) + index) + subindex);
}

/** @returns the part of all random numbers of a population that is its own. */
export function noiseKey(seed: number, firstNeuron: number): number {
  return key(seed, 'noise', firstNeuron);
}

/** A sequence of numbers: PCG-RXS-M-XS with 32 bits of state (O'Neill 2014). */
export class RandomSequence {
  #state: number;

  constructor(seed: number) {
    this.#state = mix(seed);
  }

  /** @returns a whole number from 0 to 2³² − 1. */
  next(): number {
    const state = this.#state;
    this.#state = (Math.imul(state, 747796405) + 2891336453) >>> 0;
    const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737);
    return ((word >>> 22) ^ word) >>> 0;
  }

  /** @returns a number above 0 and at most 1. */
  uniform(): number {
    return (this.next() + 1) / 0x1_0000_0000;
  }
}

const tableBits = 12;
const tableMask = (1 << tableBits) - 1;
/** Quantiles of the normal distribution, ascending. */
export const quantileTable = buildQuantileTable();

/**
 * Turns 32 random bits into a normal deviate (mean 0, variance 1, at most about 5 in size): the sum of two quantiles from
 * a table, which takes a few nanoseconds and gives the same bits on every machine.
 */
export function normal(randomBits: number): number {
  return (quantileTable[randomBits & tableMask]! + quantileTable[randomBits >>> (32 - tableBits)]!) * Math.SQRT1_2;
}

/** Quantiles of the normal distribution at the middles of 2^tableBits equal parts, scaled to a variance of exactly 1. */
function buildQuantileTable(): Float64Array {
  const size = 1 << tableBits;
  const table = new Float64Array(size);
  let squares = 0;
  for (let index = 0; index < size / 2; index++) {
    const quantile = normalQuantile((index + 0.5) / size);
    table[index] = quantile;
    table[size - 1 - index] = -quantile;
    squares += 2 * quantile * quantile;
  }
  const scale = Math.sqrt(size / squares);
  for (let index = 0; index < size; index++) table[index]! *= scale;
  return table;
}

/** Lower half of the inverse normal distribution (Acklam 2003, relative error below 1.2e-9), 0 < p <= 0.5. */
function normalQuantile(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return (
      polynomial(
        q,
        [
          -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
          2.938163982698783,
        ],
      ) / polynomial(q, [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1])
    );
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    (q *
      polynomial(
        r,
        [
          -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
          2.506628277459239,
        ],
      )) /
    polynomial(
      r,
      [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1],
    )
  );
}

/** Horner's scheme, highest power first. */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
