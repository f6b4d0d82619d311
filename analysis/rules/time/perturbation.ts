// Rules that try out noise in a rate network and keep what went with reward, by their declared equations; analysis process.
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
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
export const exploratoryHebb: PerturbationRule = {
  rule: parsedTimeRules.exploratoryHebb,
  place: 'inDrive',
  noiseOf: sameNoise,
};
export const recurrentReinforce: PerturbationRule = {
  rule: parsedTimeRules.reinforce,
  place: 'inRate',
  noiseOf: sameNoise,
};

/** @param deviation of the noise, σ */
export function runWithNoise(
  { place }: PerturbationRule,
  network: RateNetwork,
  inputs: Float64Array,
  deviation: number,
  random: Random,
): NoisyTrial {
  const steps = inputs.length / network.settings.inputs;
  const noise = Float64Array.from({ length: steps * network.settings.neurons }, () => random.normal());
  const scaled = noise.map((each) => deviation * each);
  return { inputs, noise, activity: network.run(inputs, { [place]: scaled }) };
}

/**
 * @param rewards less their mean: one with each step and one after the trial
 * @param means of the drives of neurons, carried on through the trial; hand them over from trial to trial. Only exploratory Hebb reads them
 * @returns neurons × senders: the change at learning rate 1
 */
export function perturbationChange(
  { rule, noiseOf }: PerturbationRule,
  network: RateNetwork,
  trial: NoisyTrial,
  rewards: Float64Array,
  deviation: number,
  means: Float64Array = new Float64Array(network.settings.neurons),
  meanTimeConstantMilliseconds = 20,
): Matrix {
  const { synapses, settings } = network;
  const { neurons, inputs: width, dtMilliseconds, timeConstantMilliseconds } = settings;
  const { activity, inputs } = trial;
  const noise = noiseOf(trial);
  const x = new Float64Array(synapses.columns);
  const ofReceivers = {
    xi: new Float64Array(neurons),
    slope: new Float64Array(neurons),
    a: new Float64Array(neurons),
    a_mean: means,
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
    ofReceivers.a.set(activity.drives.subarray(at, at + neurons));
    rows.step();
    // What the synapses have read is the mean of the steps before.
    for (let neuron = 0; neuron < neurons; neuron++)
      means[neuron] = kept * means[neuron]! + (1 - kept) * ofReceivers.a[neuron]!;
  }
  return new Matrix(neurons, synapses.columns, rows.weights);
}
