// The networks that learning rules are measured in. Main process of the plain-Node shell; pure.
import { isWeight, weightKeys } from '../../../../../common/experiment/network/weight-keys.ts';
import { networkModelSchema } from '../../../../../common/experiment/network-model.ts';
import type { RuleDeclaration } from '../../../../../common/learning-rule/declaration.ts';
import type { SimulationConfiguration } from '../../../../../common/simulation-protocol/configuration.ts';

/** So many senders, as many receivers, and synapses of each sender. */
export interface NetworkSize {
  readonly neurons: number;
  readonly synapsesPerNeuron: number;
}

/** Weights too small to move a receiver, so that all rules see the same spikes. */
const largestWeightMillivolts = 0.002;
const signal = 'activity';

/** @returns the learning of a projection: the rule's usual parameters, all weights small. */
export function plasticityOf({ name, parameters, thirdFactors }: RuleDeclaration) {
  const weights = Object.entries(parameters).flatMap(([key, parameter]) =>
    isWeight(parameter) ? [[weightKeys(key).millivolts, largestWeightMillivolts]] : [],
  );
  const factors = Object.keys(thirdFactors).map((symbol) => [symbol, { signal }]);
  return {
    rule: name,
    ...Object.fromEntries(weights),
    ...(factors.length === 0 ? {} : { thirdFactors: Object.fromEntries(factors) }),
  };
}

const projectionOf = (rule: RuleDeclaration, { synapsesPerNeuron }: NetworkSize) => ({
  name: 'learning',
  from: 'senders',
  to: 'receivers',
  connections: { kind: 'out-degree', synapses: synapsesPerNeuron },
  weightMillivolts: largestWeightMillivolts / 2,
  plasticity: plasticityOf(rule),
});

/**
 * Each electrode drives one sender and one receiver, which fires in the tick in which it is driven: its synaptic current is over in
 * a step and much larger than it needs. A sender's spike arrives two ticks later.
 */
export function drivenNetwork(rule: RuleDeclaration, size: NetworkSize): SimulationConfiguration {
  const { neurons } = size;
  return configurationWith(neurons, {
    populations: [
      { name: 'senders', neurons, model: 'spike-source' },
      { name: 'receivers', neurons, model: 'lif', synapticTimeConstantMilliseconds: 0.1 },
    ],
    projections: [{ ...projectionOf(rule, size), delayMilliseconds: 2 }],
    inputs: ['senders', 'receivers'].map((to) => ({ to, neuronsPerElectrode: 1, weightMillivolts: 100 })),
  });
}

/** Senders and receivers fire by chance, about ten times a second; Brian2 is given the same. */
export function poissonNetwork(rule: RuleDeclaration, size: NetworkSize): SimulationConfiguration {
  const { neurons } = size;
  return configurationWith(1, {
    populations: [
      { name: 'senders', neurons, model: 'poisson', rateHz: 10 },
      { name: 'receivers', neurons, model: 'lif', biasMillivolts: 12.5, noiseMillivolts: 4 },
    ],
    projections: [{ ...projectionOf(rule, size), delayMilliseconds: 1 }],
    inputs: [{ to: 'receivers', neuronsPerElectrode: 1, weightMillivolts: 0 }],
  });
}

/** @throws ZodError when a rule does not fit its own schema. */
function configurationWith(channels: number, parts: object): SimulationConfiguration {
  const network = networkModelSchema.parse({
    exocortex: 'network-model/1',
    title: 'A learning rule that is measured',
    stepMilliseconds: 1,
    signals: [{ name: signal, kind: 'activity', source: { kind: 'population', population: 'receivers' } }],
    readouts: [],
    ...parts,
  });
  return { network, ownRules: [], stimuli: [], seed: 1, channels, tickMilliseconds: 1 };
}
