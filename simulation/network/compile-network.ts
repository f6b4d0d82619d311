// Turns a network model and a seed into flat arrays; simulation process.
import { assert } from '../../common/base/assert.ts';
import { type NetworkModel, synapsesMax } from '../../common/experiment/network-model.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import { toQ16 } from '../kernel/share-of.ts';
import { type CompiledRule, compileRule } from '../learning/compile-rule.ts';
import { compileNeurons } from '../models/compile-neurons.ts';
import { checkInputs } from './check-inputs.ts';
import type { CompiledNetwork, CompiledPopulation, CompiledProjection } from './compiled-network.ts';
import { connect } from './connect.ts';

/**
 * The same configuration gives the same network on every machine. Delays are rounded to whole steps.
 * @param configuration from a checked experiment: its names refer to something and its sizes fit.
 * @throws SimulationFaultError 'network-too-large', 'saturated' when synapses could take a neuron out of its range by one step.
 */
export function compileNetwork({
  network,
  seed,
  channels,
  tickMilliseconds,
}: SimulationConfiguration): CompiledNetwork {
  const populations = compilePopulations(network);
  const projections = compileProjections(network, seed);
  checkInputs(populations, projections);
  return {
    seed,
    channels,
    stepMilliseconds: network.stepMilliseconds,
    stepsPerTick: stepsPerTick(network, tickMilliseconds),
    neurons: populations.reduce((sum, population) => sum + population.model.neurons, 0),
    populations,
    projections,
    inputs: network.inputs.map(({ to, neuronsPerElectrode, weightMillivolts }) => ({
      to: populationIndex(network, to),
      neuronsPerElectrode,
      weight: toQ16(weightMillivolts),
    })),
  };
}

/** Index of the population of that name. */
export function populationIndex(network: NetworkModel, name: string): number {
  const index = network.populations.findIndex((population) => population.name === name);
  assert(index >= 0, `the checked network has no population '${name}'`);
  return index;
}

function compilePopulations(network: NetworkModel): CompiledPopulation[] {
  let firstNeuron = 0;
  return network.populations.map((model) => {
    const population = { model, firstNeuron, ...compileNeurons(model, network.stepMilliseconds) };
    firstNeuron += model.neurons;
    return population;
  });
}

function compileProjections(network: NetworkModel, seed: number): CompiledProjection[] {
  let expectedSynapses = 0;
  return network.projections.map((projection, index) => {
    const from = populationIndex(network, projection.from);
    const to = populationIndex(network, projection.to);
    const senders = network.populations[from]!.neurons;
    const receivers = network.populations[to]!.neurons;
    expectedSynapses += senders * receivers * projection.connectionProbability;
    if (expectedSynapses > synapsesMax) {
      throw new SimulationFaultError({
        code: 'network-too-large',
        text: `The network has more than ${synapsesMax} synapses with projection '${projection.name}'. Lower its connection probability or the size of its populations.`,
      });
    }
    const rows = connect({ ...projection, seed, index, senders, receivers, isRecurrent: from === to });
    const rule = projection.plasticity && compileRule(projection.plasticity);
    return {
      ...rows,
      weights: rule === undefined ? rows.weights : rows.weights.map((weight) => inside(rule, weight)),
      name: projection.name,
      from,
      to,
      delaySteps: Math.max(1, Math.round(projection.delayMilliseconds / network.stepMilliseconds)),
      rule,
    };
  });
}

const inside = ({ lowestWeight, highestWeight }: CompiledRule, weight: number) =>
  Math.min(highestWeight, Math.max(lowestWeight, weight));

function stepsPerTick(network: NetworkModel, tickMilliseconds: number): number {
  const steps = Math.round(tickMilliseconds / network.stepMilliseconds);
  const isWhole = steps >= 1 && Math.abs(steps * network.stepMilliseconds - tickMilliseconds) < 1e-9 * tickMilliseconds;
  assert(
    isWhole,
    `the checked network has steps of ${network.stepMilliseconds} ms in a tick of ${tickMilliseconds} ms`,
  );
  return steps;
}
