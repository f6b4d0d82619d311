// Weights that learn, in the units of their projections; simulation process.
import { weightUnitOf } from '../../common/experiment/network/population.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';

/** @returns all of them: projections in order, synapses by sender, then receiver; in mV or nS. */
export function plasticWeightsOf(
  { projections }: CompiledNetwork,
  weightsOf: (projection: number) => Int32Array,
): Float32Array {
  const plastic = [...projections.entries()].filter(([, { rule }]) => rule !== undefined);
  const all = new Float32Array(plastic.reduce((sum, [, { targets }]) => sum + targets.length, 0));
  let at = 0;
  for (const [index, { weightUnit }] of plastic) {
    for (const weight of weightsOf(index)) all[at++] = weight / weightUnit;
  }
  return all;
}

/** @returns the mean over all synapses that learn and whose weights are in mV; 0 when there are none. */
export function meanMillivoltsOf(
  { projections, populations }: CompiledNetwork,
  sumOf: (projection: number) => number,
): number {
  let sum = 0;
  let count = 0;
  for (const [index, { rule, to, targets, weightUnit }] of projections.entries()) {
    if (rule === undefined || weightUnitOf(populations[to]!.model.model) !== 'mV') continue;
    sum += sumOf(index) / weightUnit;
    count += targets.length;
  }
  return count === 0 ? 0 : sum / count;
}
