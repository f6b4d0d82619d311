// Rules that try out noise in a rate network and keep what went with reward, by their declared equations; analysis process.
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import { type RateActivity, type RateNetwork, type RateNoise, readSenders } from './rate-network.ts';
import { SynapseRows } from './synapse-rows.ts';

/** A trial of a network with noise that was drawn for it. */
export interface NoisyTrial {
  /** steps × inputs */
  readonly inputs: Float64Array;
  readonly activity: RateActivity;
  /** steps × neurons, in deviations: what entered the network. */
  readonly noise: Float64Array;
}

/** How a rule for noise is used. */
export interface PerturbationRule {
  readonly rule: ParsedRule;
  /** Where the noise enters. */
  readonly place: keyof RateNoise;
  /** The noise that the synapses are told of. */
  noiseOf(trial: NoisyTrial): Float64Array;
}

const sameNoise = ({ noise }: NoisyTrial) => noise;

export const nodePerturbation: PerturbationRule = {
  rule: parsedTimeRules.nodePerturbation,
  place: 'inDrive',
  noiseOf: sameNoise,
};
/** The noise enters rates, which outputs read and which remember it: so do the reward and the deviation from the mean. */
export const exploratoryHebb: PerturbationRule = {
  rule: parsedTimeRules.exploratoryHebb,
  place: 'inRate',
  noiseOf: sameNoise,
};
export const exploratoryHebbDelayed: PerturbationRule = {
  ...exploratoryHebb,
  rule: parsedTimeRules.exploratoryHebbDelayed,
};
export const recurrentReinforce: PerturbationRule = {
  rule: parsedTimeRules.reinforce,
  place: 'inRate',
  noiseOf: sameNoise,
};

/** @param deviation of the noise, σ. @param draw one value of the noise, in deviations */
export function runWithNoise(
  { place }: PerturbationRule,
  network: RateNetwork,
  inputs: Float64Array,
  deviation: number,
  draw: () => number,
): NoisyTrial {
  const steps = inputs.length / network.settings.inputs;
  const noise = Float64Array.from({ length: steps * network.settings.neurons }, draw);
  const scaled = noise.map((each) => deviation * each);
  return { inputs, noise, activity: network.run(inputs, { [place]: scaled }) };
}

/**
 * @param rewards less their mean: one with each step and one after the trial
 * @param meanTimeConstantMilliseconds of the running means of rates, which begin at rest as the network does; left out: the rule’s
 * @returns neurons × senders: the change at learning rate 1
 */
export function perturbationChange(
  { rule, noiseOf }: PerturbationRule,
  network: RateNetwork,
  trial: NoisyTrial,
  rewards: Float64Array,
  deviation: number,
  meanTimeConstantMilliseconds = rule.declaration.parameters['meanTimeConstantMilliseconds']?.default ?? 1,
): Matrix {
  const { synapses, settings } = network;
  const { neurons, inputs: width, dtMilliseconds, timeConstantMilliseconds } = settings;
  const { activity, inputs } = trial;
  const noise = noiseOf(trial);
  const x = new Float64Array(synapses.columns);
  const ofReceivers = {
    xi: new Float64Array(neurons),
    slope: new Float64Array(neurons),
    y: new Float64Array(neurons),
    y_mean: new Float64Array(neurons),
    reward: new Float64Array(neurons),
  };
  const rows = new SynapseRows(
    rule,
    { learningRate: 1, timeConstantMilliseconds, noiseDeviation: deviation, meanTimeConstantMilliseconds },
    { ofSenders: { x }, ofReceivers },
    neurons,
    synapses.columns,
    dtMilliseconds,
  );
  const kept = Math.exp(-dtMilliseconds / meanTimeConstantMilliseconds);
  for (let step = 0; step <= activity.steps; step++) {
    const at = step * neurons;
    ofReceivers.reward.fill(rewards[step]!);
    if (step === activity.steps) {
      x.fill(0);
      ofReceivers.xi.fill(0);
      rows.step();
      break;
    }
    readSenders(x, activity, step, inputs.subarray(step * width, (step + 1) * width));
    ofReceivers.xi.set(noise.subarray(at, at + neurons));
    ofReceivers.slope.set(activity.slopes.subarray(at, at + neurons));
    ofReceivers.y.set(activity.rates.subarray(at, at + neurons));
    rows.step();
    // What the synapses have read is the mean of the steps before.
    for (let neuron = 0; neuron < neurons; neuron++)
      ofReceivers.y_mean[neuron] = kept * ofReceivers.y_mean[neuron]! + (1 - kept) * ofReceivers.y[neuron]!;
  }
  return new Matrix(neurons, synapses.columns, rows.weights);
}
