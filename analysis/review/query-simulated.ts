// Spikes of the simulated neurons in a window: each of them, or every second, fourth, eighth … where there are too many; analysis process.
import { type ReviewActivity, reviewSimulatedMax } from '../../common/contract/review.ts';
import type { ReviewIndex } from './review-index.ts';
import { simulatedFactor, simulatedLevels, simulatedRow } from './review-layout.ts';

type Simulated = Pick<ReviewActivity, 'simulatedEvery' | 'simulatedAt' | 'simulatedNeuron' | 'simulatedNumber'>;

/** Reads the finest level that is not much too long, and of its rows as many as may be given. */
export async function querySimulated(
  index: ReviewIndex,
  fromSample: number,
  toSample: number,
  most = reviewSimulatedMax,
): Promise<Simulated> {
  let [level, first, end] = [0, 0, 0];
  for (; level < simulatedLevels.length; level++) {
    const rows = index.table(simulatedLevels[level]!);
    [first, end] = [await rows.lowerBound(fromSample), await rows.lowerBound(toSample)];
    if (end - first <= simulatedFactor * most) break;
  }
  level = Math.min(level, simulatedLevels.length - 1);
  const view = new DataView((await index.table(simulatedLevels[level]!).read(first, end)).buffer);
  const rows = Array.from({ length: end - first }, (_, row) => ({
    ...simulatedRow.read(view, row * simulatedRow.bytes),
    number: first + row,
  }));
  const given = thinned(rows, most);
  const perRow = simulatedFactor ** level;
  return {
    simulatedEvery: perRow * given.every,
    simulatedAt: Float64Array.from(given.rows, ({ at }) => at),
    simulatedNeuron: Uint32Array.from(given.rows, ({ neuron }) => neuron),
    simulatedNumber: Uint32Array.from(given.rows, ({ number }) => perRow * number),
  };
}

/** Those whose number is a multiple of a power of two, which is as small as `most` lets it be. */
function thinned<T extends { number: number }>(
  rows: readonly T[],
  most: number,
): { every: number; rows: readonly T[] } {
  let every = 1;
  let kept = rows;
  while (kept.length > most) {
    every *= 2;
    kept = kept.filter(({ number }) => number % every === 0);
  }
  return { every, rows: kept };
}
