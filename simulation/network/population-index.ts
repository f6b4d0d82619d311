// Finds a population of a checked network by its name; simulation process.
import { assert } from '../../common/base/assert.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';

/** Index of the population of that name. */
export function populationIndex({ populations }: Pick<NetworkModel, 'populations'>, name: string): number {
  const index = populations.findIndex((population) => population.name === name);
  assert(index >= 0, `the checked network has no population '${name}'`);
  return index;
}
