// A rate network in a trial where what comes next depends on what it did, and how rules in time learn from it; analysis process.
import { applyRule } from '../../../common/learning-rule/apply-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { mean } from '../base/vectors.ts';
import type { InteractiveTrial } from '../tasks/temporal-task.ts';
import { perturbationChange, type PerturbationRule } from './perturbation.ts';
import type { RateTrial } from './rate-gradient.ts';
import { RateNetwork, type RateNoise } from './rate-network.ts';
import { rfloChange } from './rflo.ts';
import type { WeightNoise } from './spiking-perturbation.ts';

export interface PlayedTrial extends RateTrial {
  readonly kind: number;
  /** One for each step. */
  readonly rewards: Float64Array;
  /** steps × neurons, in deviations. */
  readonly noise: Float64Array;
  /** neurons × senders, in deviations: how the weights of the trial differed from the network's, if they did. */
  readonly variation?: Matrix;
}

/**
 * @param deviation of the noise that enters the neurons
 * @param place whether it enters their rates or their drives
 * @param longest more steps than any trial has. @throws RangeError for a trial that lasts longer
 */
export function playTrial(
  network: RateNetwork,
  trial: InteractiveTrial,
  deviation: number,
  random: Random,
  longest = 1000,
  place: keyof RateNoise = 'inRate',
): PlayedTrial {
  const { inputs: width, neurons, outputs } = network.settings;
  const inputs = new Float64Array(longest * width);
  const whole = {
    steps: longest,
    drives: new Float64Array(longest * neurons),
    slopes: new Float64Array(longest * neurons),
    rates: new Float64Array(longest * neurons),
    outputs: new Float64Array(longest * outputs),
  };
  const noise = new Float64Array(longest * neurons);
  const entering = new Float64Array(longest * neurons);
  const errors = new Float64Array(longest * outputs);
  const rewards = new Float64Array(longest);
  let step = 0;
  for (; !trial.isOver; step++) {
    if (step === longest) throw new RangeError(`the trial is not over after ${longest} steps`);
    for (let neuron = step * neurons; neuron < (step + 1) * neurons; neuron++) {
      noise[neuron] = random.normal();
      entering[neuron] = deviation * noise[neuron]!;
    }
    const input = trial.observe();
    inputs.set(input, step * width);
    network.advance(whole, step, input, { [place]: entering });
    rewards[step] = trial.act(whole.outputs.slice(step * outputs, (step + 1) * outputs));
    errors.set(trial.errors, step * outputs);
  }
  const cut = (values: Float64Array, columns: number) => values.slice(0, step * columns);
  return {
    kind: trial.kind,
    inputs: cut(inputs, width),
    activity: {
      steps: step,
      drives: cut(whole.drives, neurons),
      slopes: cut(whole.slopes, neurons),
      rates: cut(whole.rates, neurons),
      outputs: cut(whole.outputs, outputs),
    },
    errors: cut(errors, outputs),
    rewards: rewards.slice(0, step),
    noise: cut(noise, neurons),
  };
}

/** What a network learns from a trial: neurons × senders at learning rate 1. */
export type TrialLearning = (network: RateNetwork, trial: PlayedTrial) => Matrix;

/** @param feedback outputs × neurons; of the supervised learner, which is told the error of the cursor */
export const learnByRflo =
  (feedback: Matrix): TrialLearning =>
  (network, trial) =>
    rfloChange(network, trial, feedback).scaled(1 / trial.activity.steps);

/**
 * @param newest of a trial of a kind
 * @param step of the trial, for a mean of its own
 * @returns the mean of the rewards of this kind before; at first the newest itself
 */
export type MeanReward = (kind: number, newest: number, step?: number) => number;

/** The mean follows a tenth of the way (Portes, Schmid & Murray 2022). @param meanTrials one over that part */
export function runningMeanReward(meanTrials = 10): MeanReward {
  const means = new Map<string, number>();
  return (kind, newest, step) => {
    const of = `${kind} ${step ?? ''}`;
    const before = means.get(of) ?? newest;
    means.set(of, before + (newest - before) / meanTrials);
    return before;
  };
}

export const noMeanReward: MeanReward = () => 0;

/** Reward less its mean for each kind of trial, in every step (Portes, Schmid & Murray 2022). */
export function learnByReward(
  rule: PerturbationRule,
  deviation: number,
  meanOf: MeanReward = runningMeanReward(),
): TrialLearning {
  return (network, trial) => {
    const { steps } = trial.activity;
    const expected = meanOf(trial.kind, trial.rewards[steps - 1]!);
    const rewards = new Float64Array(steps + 1);
    rewards.set(trial.rewards.map((reward) => reward - expected));
    return perturbationChange(rule, network, trial, rewards, deviation).scaled(1 / steps);
  };
}

/**
 * Reward of every step less its mean in the same step of trials of the kind. What is in a rate beside noise goes through the trial in
 * the same way each time, and so does the reward: with one mean for all steps such a rule would learn the one from the other
 * (Frémaux, Sprekeler & Gerstner 2010).
 */
export function learnByStepReward(
  rule: PerturbationRule,
  deviation: number,
  meanOf: MeanReward = runningMeanReward(),
  meanTimeConstantMilliseconds?: number,
): TrialLearning {
  return (network, { kind, ...trial }) => {
    const { steps } = trial.activity;
    const rewards = new Float64Array(steps + 1);
    rewards.set(trial.rewards.map((reward, step) => reward - meanOf(kind, reward, step)));
    return perturbationChange(rule, network, trial, rewards, deviation, meanTimeConstantMilliseconds).scaled(1 / steps);
  };
}

/** One reward after the trial, the mean of its steps' less the mean of trials of its kind (Fiete & Seung 2006; Miconi 2017). */
export function learnByTrialReward(
  rule: PerturbationRule,
  deviation: number,
  meanOf: MeanReward = runningMeanReward(),
  meanTimeConstantMilliseconds?: number,
): TrialLearning {
  return (network, trial) => {
    const { steps } = trial.activity;
    const earned = mean(trial.rewards);
    const rewards = new Float64Array(steps + 1);
    rewards[steps] = earned - meanOf(trial.kind, earned);
    return perturbationChange(rule, network, trial, rewards, deviation, meanTimeConstantMilliseconds);
  };
}

/** The same for a network whose weights were varied for the trial: a cost above the mean speaks against the variation. */
export function learnByVariation(
  { rule }: WeightNoise,
  deviation: number,
  meanOf: MeanReward = runningMeanReward(),
): TrialLearning {
  return ({ synapses: { rows, columns } }, { kind, rewards, variation }) => {
    if (variation === undefined) throw new RangeError('the weights of the trial were not varied');
    const earned = mean(rewards);
    const values = { w: 0, xi: variation.values, cost: meanOf(kind, earned) - earned };
    const parameters = { learningRate: 1, noiseDeviation: deviation };
    const { w } = applyRule(rule, 'step', parameters, values, variation.values.length)!;
    return new Matrix(rows, columns, w as Float64Array<ArrayBuffer>);
  };
}

/** @param xi neurons × senders, in deviations @returns a network with other weights between neurons; those of inputs stay */
export function withVariation(
  { settings, synapses, readout }: RateNetwork,
  { varied }: WeightNoise,
  deviation: number,
  xi: Matrix,
): RateNetwork {
  return new RateNetwork(
    settings,
    synapses.with(xi, (weight, each) => varied(weight, deviation, each)),
    readout,
  );
}

/** Adds changes to the recurrent synapses only: inputs stay, as in the paper. */
export function addRecurrent(network: RateNetwork, change: Matrix, learningRate: number): void {
  const { inputs } = network.settings;
  for (let index = 0; index < change.values.length; index++) {
    if (index % change.columns >= inputs) network.synapses.values[index]! += learningRate * change.values[index]!;
  }
}
