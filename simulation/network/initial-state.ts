// What neurons are at the beginning: potentials drawn from the seed; simulation process.
import type { Population } from '../../common/experiment/network/population.ts';
import { toQ16 } from '../kernel/share-of.ts';
import type { CompiledNeurons } from '../models/compiled-neurons.ts';
import { key, normal, RandomSequence } from './random.ts';

const spreadMax = 8;

/** @returns for each variable of the state its values, neuron by neuron. */
export function initialState(
  population: Population,
  { model, initial }: CompiledNeurons,
  seed: number,
  firstNeuron: number,
): Int32Array[] {
  const state = initial.map((value) => new Int32Array(population.neurons).fill(value));
  const spread = 'initialSpreadMillivolts' in population ? population.initialSpreadMillivolts : 0;
  const potential = state[model.state.indexOf('potential')];
  if (spread === 0 || potential === undefined) return state;
  const random = new RandomSequence(key(seed, 'potentials', firstNeuron));
  for (let neuron = 0; neuron < population.neurons; neuron++) {
    const deviate = Math.max(-spreadMax, Math.min(spreadMax, normal(random.next())));
    potential[neuron]! += toQ16(spread * deviate);
  }
  return state;
}
