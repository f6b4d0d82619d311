// Says what was built from a network model; simulation process.
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import { driveRange } from '../../common/experiment/network/drive.ts';
import { weightUnitOf } from '../../common/experiment/network/population.ts';
import type { SimulationReady } from '../../common/simulation-protocol/configuration.ts';
import type { DescribedProjection } from '../../common/simulation-protocol/network-description.ts';
import type { CompiledNetwork, CompiledPopulation } from '../network/compiled-network.ts';
import { populationIndex } from '../network/population-index.ts';
import type { SampledProjection } from './sampled-projection.ts';

/** @param projections of the model, in its order */
export function describeNetwork(
  model: NetworkModel,
  network: CompiledNetwork,
  projections: readonly SampledProjection[],
): Omit<SimulationReady, 'backend'> {
  const described = projections.map((sampled, index) => describeProjection(model, network, index, sampled));
  const synapses = (of: readonly DescribedProjection[]) => of.reduce((sum, { synapses: own }) => sum + own, 0);
  return {
    neurons: network.neurons,
    synapses: synapses(described),
    plasticSynapses: synapses(described.filter(({ learning }) => learning !== undefined)),
    populations: network.populations.map((population) => describePopulation(population, network)),
    projections: described,
  };
}

function describePopulation(
  { model, firstNeuron, neurons }: CompiledPopulation,
  { stepMilliseconds, stepsPerTick }: CompiledNetwork,
) {
  const range = driveRange(model, stepMilliseconds);
  const hasPotential = neurons.restMillivolts !== undefined;
  return {
    name: model.name,
    firstNeuron,
    neurons: model.neurons,
    model: model.model,
    ...('restMillivolts' in model ? { restMillivolts: model.restMillivolts } : {}),
    ...(hasPotential && 'thresholdMillivolts' in model ? { thresholdMillivolts: model.thresholdMillivolts } : {}),
    ...(range === undefined ? {} : { drive: { ...range, shortestMilliseconds: stepMilliseconds * stepsPerTick } }),
  };
}

function describeProjection(
  { projections, populations, stepMilliseconds }: NetworkModel,
  network: CompiledNetwork,
  index: number,
  sampled: SampledProjection,
): DescribedProjection {
  const { name, from, to, receptor, plasticity, shortTermPlasticity, ...model } = projections[index]!;
  const numberOf = (population: string) => populationIndex({ populations }, population);
  const receiving = network.populations[numberOf(to)]!;
  const parts = network.projections.filter((part) => part.name === name);
  const steps = parts.map(({ delaySteps }) => delaySteps);
  const delays = steps.length === 0 ? [model.delayMilliseconds] : steps.map((each) => each * stepMilliseconds);
  const { initialCounts: _, ...initialWeights } = sampled.initialWeights;
  const rule = parts[0]?.rule;
  const weightUnit = parts[0]?.weightUnit ?? 1;
  return {
    name,
    from: numberOf(from),
    to: numberOf(to),
    effect: receptor ?? ((model.weightMillivolts ?? model.weightNanosiemens ?? 0) < 0 ? 'inhibitory' : 'excitatory'),
    synapses: sampled.synapses,
    delayMilliseconds: { shortest: Math.min(...delays), longest: Math.max(...delays) },
    unit: weightUnitOf(receiving.model.model),
    ...(plasticity === undefined || rule === undefined
      ? {}
      : {
          learning: {
            rule: plasticity.rule,
            lowest: Math.min(rule.lowestWeight / weightUnit, rule.highestWeight / weightUnit),
            highest: Math.max(rule.lowestWeight / weightUnit, rule.highestWeight / weightUnit),
          },
        }),
    hasShortTermPlasticity: shortTermPlasticity !== undefined,
    initialWeights,
  };
}
