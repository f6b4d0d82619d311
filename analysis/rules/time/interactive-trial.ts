// A rate network in a trial where what comes next depends on what it did, and how rules in time learn from it; analysis process.
import type { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { InteractiveTrial } from '../tasks/temporal-task.ts';
import { perturbationChange, type PerturbationRule } from './perturbation.ts';
import type { RateTrial } from './rate-gradient.ts';
import type { RateNetwork } from './rate-network.ts';
import { rfloChange } from './rflo.ts';

export interface PlayedTrial extends RateTrial {
  readonly kind: number;
  /** One for each step. */
  readonly rewards: Float64Array;
  /** steps × neurons, in deviations. */
  readonly noise: Float64Array;
}

/**
 * @param deviation of the noise that enters the rates of neurons
 * @param longest more steps than any trial has. @throws RangeError for a trial that lasts longer
 */
export function playTrial(
  network: RateNetwork,
  trial: InteractiveTrial,
  deviation: number,
  random: Random,
  longest = 1000,
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
  const inRate = new Float64Array(longest * neurons);
  const errors = new Float64Array(longest * outputs);
  const rewards = new Float64Array(longest);
  let step = 0;
  for (; !trial.isOver; step++) {
    if (step === longest) throw new RangeError(`the trial is not over after ${longest} steps`);
    for (let neuron = step * neurons; neuron < (step + 1) * neurons; neuron++) {
      noise[neuron] = random.normal();
      inRate[neuron] = deviation * noise[neuron]!;
    }
    const input = trial.observe();
    inputs.set(input, step * width);
    network.advance(whole, step, input, { inRate });
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

/** Reward less its running mean for each kind of trial, in every step (Portes, Schmid & Murray 2022). */
export function learnByReward(rule: PerturbationRule, deviation: number, meanTrials = 10): TrialLearning {
  const means = new Map<number, number>();
  return (network, trial) => {
    const { steps } = trial.activity;
    const last = trial.rewards[steps - 1]!;
    const mean = means.get(trial.kind) ?? last;
    means.set(trial.kind, mean + (last - mean) / meanTrials);
    const rewards = new Float64Array(steps + 1);
    rewards.set(trial.rewards.map((reward) => reward - mean));
    return perturbationChange(rule, network, trial, rewards, deviation).scaled(1 / steps);
  };
}

/** Adds changes to the recurrent synapses only: inputs stay, as in the paper. */
export function addRecurrent(network: RateNetwork, change: Matrix, learningRate: number): void {
  const { inputs } = network.settings;
  for (let index = 0; index < change.values.length; index++) {
    if (index % change.columns >= inputs) network.synapses.values[index]! += learningRate * change.values[index]!;
  }
}
