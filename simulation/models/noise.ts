// What chance adds to a neuron in a step: membrane noise, and events from outside; written once for all back ends.
import { type Int, lookup } from '../kernel/expression.ts';
import { mixed, product } from '../kernel/fixed-point.ts';

/** The random parts of a model; each makes kernels of its own, so that nobody pays for what is not used. */
export interface Chance {
  readonly hasNoise: boolean;
  readonly hasBackground: boolean;
}

/** Every combination. */
export const chances: readonly Chance[] = [false, true].flatMap((hasNoise) =>
  [false, true].map((hasBackground) => ({ hasNoise, hasBackground })),
);

/** @returns the name of a model's kernel with these random parts. */
export function kernelName(model: string, { hasNoise, hasBackground }: Chance): string {
  return `${model}${hasNoise ? 'Noisy' : ''}${hasBackground ? 'Driven' : ''}`;
}

/** A normal deviate times `deviation`, in its units: the sum of two quantiles. */
export function normalNoise(randomBits: Int, deviation: Int): Int {
  const quantile = (index: Int) => lookup('normalTable', index);
  return product(quantile(randomBits.and(0xfff)).plus(quantile(randomBits.shiftRightLogical(20))), deviation);
}

/**
 * The weights of the events of a step, their number Poisson-distributed: an entry of the table says how many events belong to the lower part
 * of its 4096th of all cases, times 2²⁰, and where that part ends in units of 2⁻²⁰; the upper part has one more.
 */
export function backgroundInput(randomBits: Int, weight: Int): Int {
  const bits = mixed(randomBits);
  const entry = lookup('backgroundTable', bits.and(0xfff));
  const isMore = bits.shiftRightLogical(12).isAtLeast(entry.and(0xfffff));
  return entry.shiftRightLogical(20).plus(isMore.select(1, 0)).times(weight);
}

/** Entries of the table of `backgroundInput`. @param mean number of events in a step */
export function backgroundTable(mean: number): Int32Array {
  const entries = 0x1000;
  const table = new Int32Array(entries);
  let chance = Math.exp(-mean);
  let count = 0;
  let upTo = chance;
  for (let entry = 0; entry < entries; entry++) {
    const [from, to] = [entry / entries, (entry + 1) / entries];
    while (upTo <= from && count < 2047) upTo += chance *= mean / ++count;
    // The last part of all holds every larger number: the table is cut there.
    const inside = Math.min(1, (upTo - from) / (to - from));
    table[entry] = (count << 20) | Math.min(0xfffff, Math.round(inside * 0x100000));
  }
  return table;
}

/** @returns the largest number of events in a step that a table of `backgroundTable` can give. */
export const mostBackgroundEvents = (table: Int32Array): number =>
  table.reduce((most, entry) => Math.max(most, (entry >>> 20) + 1), 0);
