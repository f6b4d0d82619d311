// Checks of rules that try out noise in spiking networks; analysis process.
import { Random } from '../../base/random.ts';
import { relativeError } from '../../base/vectors.ts';
import {
  nodeNoise,
  type NoisePaths,
  noiseTimesSenders,
  perturbNodes,
  perturbWeights,
  type TriedTrial,
  weightNoise,
  type WeightNoise,
} from '../../time/spiking-perturbation.ts';
import { SpikingGradient } from '../../time/surrogate-gradient.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { withReplaced } from './changed-rule.ts';
import { smallTrial } from './small-spiking-network.ts';

const deviation = 0.2;

/** A network, and a trial whose cost is told from that without noise whichever neurons fire. */
function tried() {
  const { network, inputs, activity } = smallTrial(3);
  const judge = (outputs: Float64Array) => ({
    cost: outputs.reduce((sum, output, index) => sum + output * Math.sin(index), 0),
  });
  const trial: TriedTrial = { inputs, judge, cost: judge(activity.outputs).cost };
  return { network, trial };
}

/** @returns relative error of the change against noise times what noise that went all the way made the trial cost more */
function errorOfNodes(paths: NoisePaths): number {
  const { network, trial } = tried();
  const gradient = new SpikingGradient(network);
  perturbNodes(deviation, paths)(gradient, network, [trial], new Random(5));
  const random = new Random(5);
  const { neurons, inputs } = network.settings;
  const noise = Float64Array.from({ length: (trial.inputs.length / inputs) * neurons }, () => random.normal());
  const entered = noise.map((each) => deviation * each);
  const noisy = network.run(trial.inputs, undefined, entered);
  const dearer = trial.judge(noisy.outputs).cost - trial.cost;
  const wanted = noiseTimesSenders(network, trial.inputs, noisy, noise).scaled(dearer / deviation);
  return relativeError(gradient.synapses.values, wanted.values);
}

function errorOfWeights(noise: WeightNoise): number {
  const { network, trial } = tried();
  const gradient = new SpikingGradient(network);
  perturbWeights(deviation, noise)(gradient, network, [trial, trial], new Random(6));
  const random = new Random(6);
  const xi = gradient.synapses.map(() => random.normal());
  const { neurons, inputs } = network.settings;
  for (let neuron = 0; neuron < neurons; neuron++) xi.row(inputs + neuron)[neuron] = 0;
  const varied = network.copy();
  for (const [index, each] of xi.values.entries()) varied.synapses.values[index]! += deviation * each;
  const dearer = trial.judge(varied.run(trial.inputs).outputs).cost - trial.cost;
  return relativeError(gradient.synapses.values, xi.scaled((2 * dearer) / deviation).values);
}

export const spikingPerturbationChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'node-perturbation-in-spiking-networks',
    rules: ['node-perturbation-in-time'],
    title: 'A change is against the noise that entered the potentials, by what it made the trial cost more',
    source: 'Fiete & Seung 2006, Phys. Rev. Lett. 97:048104',
    gate: 'relative error < 1e-12',
    subject: nodeNoise,
    mutants: {
      'synapses are told of noise that never entered': { ...nodeNoise, entering: (noise) => noise.toReversed() },
      'noise not rescaled by its deviation': {
        ...nodeNoise,
        rule: withReplaced(nodeNoise.rule, 'eta / sigma', 'eta'),
      },
      'sign of the reward': {
        ...nodeNoise,
        rule: withReplaced(nodeNoise.rule, 'w + eta', 'w - eta'),
      },
    },
    measure: (paths) => below(errorOfNodes(paths), 1e-12),
  }),
  ruleCheck({
    id: 'weight-perturbation-in-spiking-networks',
    rules: ['weight-perturbation'],
    title: 'A change is against the variation of the weights, by what it made all trials of the batch cost more',
    source: 'Züge, Klos & Memmesheimer 2023, Phys. Rev. X 13:021006',
    gate: 'relative error < 1e-12',
    subject: weightNoise,
    mutants: {
      'weights vary by more than the rule is told': { ...weightNoise, varied: (weight, _, xi) => weight + xi },
      'noise not rescaled by its deviation': {
        ...weightNoise,
        rule: withReplaced(weightNoise.rule, 'cost / sigma', 'cost'),
      },
    },
    measure: (noise) => below(errorOfWeights(noise), 1e-12),
  }),
];
