// One population alone, for tests of neuron models.
import type { NetworkModel } from '../common/experiment/network-model.ts';
import { Population } from './backend/typescript/population.ts';
import { configurationOf } from './example-configuration.ts';
import { toQ16 } from './kernel/share-of.ts';
import { compileNeurons } from './models/compile-neurons.ts';
import { initialState } from './network/initial-state.ts';

type Model = NonNullable<Parameters<typeof configurationOf>[0]['populations']>[number];
/** Of each model by itself. */
type Parts<M> = M extends unknown ? Omit<M, 'name' | 'neurons'> & { neurons?: number } : never;

/** @param parts of one population as in a file; without a size it has one neuron */
export function populationOf(parts: Parts<Model>, stepMilliseconds = 0.1, seed = 1): Population {
  const population = { name: 'all', neurons: 1, ...parts } as Model;
  const { network } = configurationOf({ populations: [population] });
  return alone(network, stepMilliseconds, seed);
}

function alone(network: NetworkModel, stepMilliseconds: number, seed: number): Population {
  const model = network.populations[0]!;
  const neurons = compileNeurons(model, stepMilliseconds);
  return new Population(
    { model, firstNeuron: 0, neurons, initialState: initialState(model, neurons, seed, 0) },
    seed,
    1,
  );
}

/** The first variable of the state: for most models the potential above rest. */
export const potentialMillivolts = (of: Population, neuron = 0): number => of.arrays.state[0]![neuron]! / toQ16(1);

/** Potentials of neuron 0 after each step, and the steps at whose end it fired. */
export function trace(of: Population, steps: number, before: (step: number) => void = () => undefined) {
  const potentials: number[] = [];
  const firings: number[] = [];
  for (let step = 0; step < steps; step++) {
    before(step);
    of.step(step);
    potentials.push(potentialMillivolts(of));
    if (of.spikes.at(step).view().includes(0)) firings.push(step);
  }
  return { potentials, firings };
}
