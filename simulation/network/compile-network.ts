// Turns a network model and a seed into flat arrays; simulation process.
import { assert } from '../../common/base/assert.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import { compileNeurons } from '../models/compile-neurons.ts';
import { checkInputs } from './check-inputs.ts';
import { checkMemory } from './check-memory.ts';
import { compileProjection } from './compile-projection.ts';
import type {
  CompiledInput,
  CompiledNetwork,
  CompiledPopulation,
  CompiledProjection,
  CompiledThirdFactor,
} from './compiled-network.ts';
import { initialState } from './initial-state.ts';
import { populationIndex } from './population-index.ts';
import { wholeWeight } from './whole-weight.ts';

/**
 * The same configuration gives the same network on every machine. Delays are rounded to whole steps.
 * @param configuration from a checked experiment: its names refer to something and its sizes fit.
 * @param memoryBytes that may be used
 * @throws SimulationFaultError 'network-too-large', 'saturated' when synapses could take a neuron out of its range by one step.
 */
export function compileNetwork(
  { network, ownRules, seed, channels, tickMilliseconds }: SimulationConfiguration,
  memoryBytes = Infinity,
): CompiledNetwork {
  checkMemory(network, ownRules, memoryBytes);
  const populations = compilePopulations(network, seed);
  const projections: CompiledProjection[] = [];
  const thirdFactors: CompiledThirdFactor[] = [];
  const gates = new Map<number, number>();
  let signalWords = 0;
  for (const index of network.projections.keys()) {
    const compiled = compileProjection(network, populations, index, seed, signalWords, ownRules);
    projections.push(...compiled.parts);
    thirdFactors.push(...compiled.thirdFactors);
    if (compiled.gateAt === undefined) continue;
    gates.set(index, compiled.gateAt);
    signalWords = compiled.gateAt + 1;
  }
  checkInputs(populations, projections);
  return {
    seed,
    channels,
    stepMilliseconds: network.stepMilliseconds,
    stepsPerTick: stepsPerTick(network, tickMilliseconds),
    neurons: populations.reduce((sum, population) => sum + population.model.neurons, 0),
    populations,
    projections,
    inputs: network.inputs.map((input) => compileInput(network, populations, input)),
    thirdFactors,
    gates,
    signalWords,
  };
}

function compilePopulations(network: NetworkModel, seed: number): CompiledPopulation[] {
  let firstNeuron = 0;
  return network.populations.map((model) => {
    const neurons = compileNeurons(model, network.stepMilliseconds);
    const population = { model, firstNeuron, neurons, initialState: initialState(model, neurons, seed, firstNeuron) };
    firstNeuron += model.neurons;
    return population;
  });
}

function compileInput(
  network: NetworkModel,
  populations: readonly CompiledPopulation[],
  input: NetworkModel['inputs'][number],
): CompiledInput {
  const to = populationIndex(network, input.to);
  const { weightUnit, receptors } = populations[to]!.neurons;
  const weight = input.weightMillivolts ?? input.weightNanosiemens ?? 0;
  return {
    to,
    receptor: weight < 0 ? receptors.inhibitory : receptors.excitatory,
    neuronsPerElectrode: input.neuronsPerElectrode,
    weight: wholeWeight(weight * weightUnit),
  };
}

function stepsPerTick(network: NetworkModel, tickMilliseconds: number): number {
  const steps = Math.round(tickMilliseconds / network.stepMilliseconds);
  const isWhole = steps >= 1 && Math.abs(steps * network.stepMilliseconds - tickMilliseconds) < 1e-9 * tickMilliseconds;
  assert(
    isWhole,
    `the checked network has steps of ${network.stepMilliseconds} ms in a tick of ${tickMilliseconds} ms`,
  );
  return steps;
}
