// What is measured of rules that try out noise, and the mistakes that they may have; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, dot, mean, norm, relativeError } from '../../base/vectors.ts';
import { tanh } from '../../deep/activation.ts';
import { nodePerturbation, perturbationChange, type PerturbationRule, runWithNoise } from '../../time/perturbation.ts';
import { bpttRateChange } from '../../time/rate-gradient.ts';
import { RateNetwork } from '../../time/rate-network.ts';
import { type Measurement, near } from '../check.ts';
import { withReplaced } from './changed-rule.ts';

export const steps = 10;
const settings = {
  inputs: 2,
  neurons: 5,
  outputs: 2,
  dtMilliseconds: 1,
  timeConstantMilliseconds: 3,
  activation: tanh,
};

export interface Averaged {
  readonly angle: number;
  /** Part of the gradient in the mean change, over its squared length. */
  readonly projection: number;
}

export interface Setting {
  readonly draws: number;
  /** First step whose outputs cost anything. */
  readonly paidFrom: number;
  /** Whether each step pays its own reward, or one comes after the trial. */
  readonly isPaidOnline: boolean;
  readonly gain: number;
  /** Of the noise. */
  readonly deviation: number;
  readonly timeConstantMilliseconds: number;
  /** Whether the inputs of the first step stay. */
  readonly isSteady: boolean;
  /** Part of steps in which a neuron gets noise at all, left out: all. */
  readonly noisySteps?: number;
  /** Of the running means of rates, for rules that read them. */
  readonly meanTimeConstantMilliseconds?: number;
}

/** Mean change over draws of noise, rewarded by how much better a trial was than their mean, against the gradient. */
export function averaged(subject: PerturbationRule, setting: Setting): Averaged {
  const { draws, paidFrom, isPaidOnline, gain, deviation, timeConstantMilliseconds, noisySteps = 1 } = setting;
  const network = RateNetwork.random({ ...settings, timeConstantMilliseconds }, gain, new Random(2));
  const random = new Random(2, 1);
  const inputs = Float64Array.from({ length: steps * 2 }, () => random.normal());
  if (setting.isSteady) inputs.forEach((_, index) => (inputs[index] = inputs[index % 2]!));
  const targets = Float64Array.from({ length: steps * 2 }, () => random.normal());
  const draw = () => (noisySteps === 1 || random.uniform() < noisySteps ? random.normal() : 0);
  const errorsOf = (outputs: Float64Array) =>
    outputs.map((y, index) => (index < paidFrom * 2 ? 0 : y - targets[index]!));
  const costOf = (outputs: Float64Array) => errorsOf(outputs).reduce((sum, error) => sum + error ** 2 / 2, 0);
  const clean = network.run(inputs);
  const gradient = bpttRateChange(network, { inputs, activity: clean, errors: errorsOf(clean.outputs) });
  const cleanCost = costOf(clean.outputs);
  const trials = Array.from({ length: draws }, () => runWithNoise(subject, network, inputs, deviation, draw));
  const paid = trials.map(({ activity }) => cleanCost - costOf(activity.outputs));
  const baseline = mean(paid);
  const sum = new Float64Array(network.synapses.values.length);
  for (const [index, trial] of trials.entries()) {
    const rewards = new Float64Array(steps + 1);
    rewards[isPaidOnline ? steps - 1 : steps] = paid[index]! - baseline;
    const { values } = perturbationChange(
      subject,
      network,
      trial,
      rewards,
      deviation,
      setting.meanTimeConstantMilliseconds,
    );
    for (let weight = 0; weight < sum.length; weight++) sum[weight]! += values[weight]!;
  }
  return {
    angle: angleDegrees(sum, gradient.values),
    projection: dot(sum, gradient.values) / draws / dot(gradient.values, gradient.values),
  };
}

/** Noise that never entered the network: the mistake of published code. */
export const freshNoise = (rule: PerturbationRule): PerturbationRule => {
  const random = new Random(99);
  return { ...rule, noiseOf: ({ noise }) => noise.map(() => random.normal()) };
};
export const lateNoise = (rule: PerturbationRule): PerturbationRule => ({
  ...rule,
  noiseOf({ noise }) {
    const late = new Float64Array(noise.length);
    late.set(noise.subarray(0, noise.length - settings.neurons), settings.neurons);
    return late;
  },
});
export const replaced = (rule: PerturbationRule, part: string, by: string): PerturbationRule => ({
  ...rule,
  rule: withReplaced(rule.rule, part, by),
});

/** Trials of a network whose reward is always the mean. */
export function withoutReward(subject: PerturbationRule): Measurement {
  const network = RateNetwork.random(settings, 1, new Random(2));
  const random = new Random(2, 1);
  const inputs = Float64Array.from({ length: steps * 2 }, () => random.normal());
  const trial = runWithNoise(subject, network, inputs, 0.02, () => random.normal());
  const change = perturbationChange(subject, network, trial, new Float64Array(steps + 1), 0.02);
  return near(norm(change.values), 0, 1e-14);
}

/** The change that a reward of 1 in the last step makes, against the sum over steps that it must be. */
export function traceError(subject: PerturbationRule): number {
  const network = RateNetwork.random(settings, 1, new Random(2));
  const random = new Random(2, 1);
  const inputs = Float64Array.from({ length: steps * 2 }, () => random.normal());
  const trial = runWithNoise(subject, network, inputs, 0.1, () => random.normal());
  const rewards = new Float64Array(steps + 1);
  rewards[steps - 1] = 1;
  const { slopes, rates } = trial.activity;
  const wanted = new Matrix(5, 7).map((_, index) => {
    const [receiver, sender] = [Math.floor(index / 7), index % 7];
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      const before = step === 0 ? 0 : rates[(step - 1) * 5 + sender - 2]!;
      const x = sender < 2 ? inputs[step * 2 + sender]! : before;
      const left = (1 / 3) * (2 / 3) ** (steps - 1 - step);
      sum += left * trial.noise[step * 5 + receiver]! * slopes[step * 5 + receiver]! * x;
    }
    return sum;
  });
  return relativeError(perturbationChange(subject, network, trial, rewards, 0.1).values, wanted.values);
}

/** The reward of a trial with a constant added, and its mean over trials of the same kind taken off. */
export function shiftOfReward(baselineOf: (rewards: readonly number[]) => number): number {
  const network = RateNetwork.random(settings, 1, new Random(2));
  const changes = [0, 5].map((constant) => {
    const random = new Random(2, 1);
    const inputs = Float64Array.from({ length: steps * 2 }, () => random.normal());
    const trials = Array.from({ length: 40 }, () =>
      runWithNoise(nodePerturbation, network, inputs, 0.02, () => random.normal()),
    );
    const paid = trials.map(({ activity }) => constant - norm(activity.outputs) ** 2);
    const baseline = baselineOf(paid);
    return trials.reduce(
      (sum, trial, index) => {
        const rewards = new Float64Array(steps + 1);
        rewards[steps] = paid[index]! - baseline;
        return sum.plus(perturbationChange(nodePerturbation, network, trial, rewards, 0.02));
      },
      new Matrix(5, 7),
    );
  });
  return norm(changes[0]!.minus(changes[1]!).values) / norm(changes[0]!.values);
}
