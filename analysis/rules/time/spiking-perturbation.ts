// Rules that try out noise in a spiking network and are told what it did to the cost of a trial; analysis process.
import { applyRule } from '../../../common/learning-rule/apply-rule.ts';
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import { SpikingNetwork } from './spiking-network.ts';
import { ActiveSenders, addInputs, addRecurrent, type SpikingGradient } from './surrogate-gradient.ts';

/** A trial that the network has gone through without noise. */
export interface TriedTrial {
  /** steps × inputs */
  readonly inputs: Float64Array;
  readonly cost: number;
  judge(outputs: Float64Array): { readonly cost: number };
}

/** Adds what a rule takes for the gradient by the synapses of the neurons, summed over the trials: minus its change at learning rate 1. */
export type AddPerturbation = (
  gradient: SpikingGradient,
  network: SpikingNetwork,
  trials: readonly TriedTrial[],
  random: Random,
) => void;

/** Which of the noise that was drawn enters the network, and which the synapses are told of; the same unless something is wrong. */
export interface NoisePaths {
  readonly rule: ParsedRule;
  entering(noise: Float64Array): Float64Array;
}

export const nodeNoise: NoisePaths = { rule: parsedTimeRules.nodePerturbation, entering: (noise) => noise };

/**
 * Noise on the potentials, anew in every step of every trial (Fiete & Seung 2006). The reward less its mean is how much less the trial
 * cost than without noise.
 * @param deviation of the noise
 */
export function perturbNodes(deviation: number, { rule, entering }: NoisePaths = nodeNoise): AddPerturbation {
  let activity: SpikingActivity | undefined;
  return (gradient, network, trials, random) => {
    const { neurons, inputs: width } = network.settings;
    for (const { inputs, cost, judge } of trials) {
      const noise = Float64Array.from({ length: (inputs.length / width) * neurons }, () => random.normal());
      const entered = entering(noise).map((each) => deviation * each);
      activity = network.run(inputs, activity, entered);
      const reward = cost - judge(activity.outputs).cost;
      const e = noiseTimesSenders(network, inputs, activity, noise).values;
      const values = { w: 0, e, x: 0, xi: 0, reward };
      addChange(gradient, applyRule(rule, 'step', { learningRate: 1, noiseDeviation: deviation }, values, e.length));
    }
  };
}

/**
 * Σ ξ(t) x(t) of every synapse, x being 1 where a spike arrives: what the declared equation of the eligibility sums, without the steps
 * in which nothing arrives.
 * @param noise steps × neurons @returns senders × neurons
 */
export function noiseTimesSenders(
  network: SpikingNetwork,
  inputs: Float64Array,
  { steps, spikes }: SpikingActivity,
  noise: Float64Array,
): Matrix {
  const { neurons, inputs: width } = network.settings;
  const sum = new Matrix(network.synapses.rows, neurons);
  const fired = new ActiveSenders(neurons);
  for (let step = 0; step < steps; step++) {
    const ofStep = noise.subarray(step * neurons, (step + 1) * neurons);
    addInputs(sum.values, width, inputs, step, ofStep);
    if (step === 0) continue;
    fired.find(spikes, (step - 1) * neurons);
    addRecurrent(sum.values, width, fired, ofStep);
  }
  return sum;
}

/** How a weight varies, and what the rule is told of it; the same unless something is wrong. */
export interface WeightNoise {
  readonly rule: ParsedRule;
  varied(weight: number, deviation: number, xi: number): number;
}

export const weightNoise: WeightNoise = {
  rule: parsedTimeRules.weightPerturbation,
  varied: (weight, deviation, xi) => weight + deviation * xi,
};

/**
 * One variation of all weights holds for a batch of trials, and is told what it did to their cost (Züge, Klos & Memmesheimer 2023).
 * @param deviation of the variation
 */
export function perturbWeights(deviation: number, { rule, varied }: WeightNoise = weightNoise): AddPerturbation {
  let activity: SpikingActivity | undefined;
  return (gradient, network, trials, random) => {
    const { synapses, settings, readout } = network;
    const xi = Matrix.normal(synapses.rows, synapses.columns, 1, random);
    for (let neuron = 0; neuron < settings.neurons; neuron++) xi.row(settings.inputs + neuron)[neuron] = 0;
    const weights = synapses.with(xi, (weight, each) => varied(weight, deviation, each));
    const tried = new SpikingNetwork(settings, weights, readout);
    let cost = 0;
    for (const trial of trials) {
      activity = tried.run(trial.inputs, activity);
      cost += trial.judge(activity.outputs).cost - trial.cost;
    }
    const values = { w: 0, xi: xi.values, cost };
    addChange(
      gradient,
      applyRule(rule, 'step', { learningRate: 1, noiseDeviation: deviation }, values, xi.values.length),
    );
  };
}

/** @param after weights that were 0 before */
function addChange({ synapses }: SpikingGradient, after: ReturnType<typeof applyRule>): void {
  const change = after!['w'] as Float64Array;
  for (let index = 0; index < change.length; index++) synapses.values[index]! -= change[index]!;
}
