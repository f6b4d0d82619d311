// The angle between what a rewarded rule changes in the mean and the gradient of the mean reward; analysis process.
import { Random } from '../base/random.ts';
import { dot, norm } from '../base/vectors.ts';
import type { InteractiveTask } from '../tasks/temporal-task.ts';
import { actorStepMilliseconds, ActorNeurons } from './actor-neurons.ts';
import { actorStreams } from './actor-rule.ts';
import { choiceOf, type RewardedActor, windows } from './rewarded-actor.ts';
import { actionValues, type SpikingActor } from './spiking-actor.ts';

/** How many of each an angle is measured in; even numbers. */
export interface AngleTrials {
  readonly ofRule: number;
  /** Of these only the neurons are simulated. */
  readonly ofGradient: number;
}

export const angleTrials: AngleTrials = { ofRule: 60, ofGradient: 3000 };

export interface RewardAngle {
  /** Whose weights and expectations are those of now; it learns nothing from being measured. */
  readonly learner: RewardedActor;
  /** The same actor with a small learning rate, so that bounds of weights cut no change. Overwritten. */
  readonly probe: RewardedActor;
  readonly task: InteractiveTask;
  /** The same task, with the action's reward at once: what is earned does not depend on what comes after. */
  readonly atOnce: InteractiveTask;
  readonly seed: number;
}

/** Sums over the even and the odd trials: these have no trial in common, so that noise does not add to their product. */
type Halves = readonly [Float64Array, Float64Array];

/**
 * The gradient is the mean of what a reward was beyond its mean, times the slope of the logarithm of the probability of what the
 * neurons did (Williams 1992): in the mean it is exact, whatever the neurons do to each other. Where rewards are drawn, what an action
 * earns in the mean stands for them.
 * @returns degrees; null when the trials do not tell a direction of the rule or of the gradient
 */
export function angleToRewardGradient(study: RewardAngle, trials: AngleTrials = angleTrials): number | null {
  const [a, b] = changes(study, trials.ofRule);
  const [g, h] = gradient(study, trials.ofGradient);
  if (!isAlike(a, b) || !isAlike(g, h)) return null;
  const product = (dot(a, g) + dot(a, h) + dot(b, g) + dot(b, h)) / 4;
  const cosine = product / Math.sqrt(dot(a, b) * dot(g, h));
  return (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
}

/** Whether two halves have a direction in common: noise alone has a cosine of 0 with a standard deviation of 1 / √length. */
const isAlike = (first: Float64Array, second: Float64Array) =>
  dot(first, second) > (2 / Math.sqrt(first.length)) * norm(first) * norm(second);

/** What the rule would do with what is expected now: trials begin at rest, with the weights of now. */
function changes({ learner, probe, task, seed }: RewardAngle, trials: number): Halves {
  const weights = learner.actor.weights.slice();
  const random = new Random(seed, actorStreams.changes);
  return inHalves(trials, weights.length, (into) => {
    probe.actor.weights.set(weights);
    probe.actor.rest();
    const trial = task.begin(random);
    let reward = 0;
    while (!trial.isOver) reward = probe.act(trial, random);
    const deviation = learner.deviationOf(trial.expectedReward ?? reward, trial.kind);
    probe.tell({ reward: deviation, rightAction: trial.rightAction }, random);
    for (let index = 0; index < into.length; index++) into[index]! += probe.actor.weights[index]! - weights[index]!;
  });
}

function gradient({ learner, atOnce, seed }: RewardAngle, trials: number): Halves {
  const { actor } = learner;
  const neurons = new ActorNeurons(actor.neurons.settings);
  const random = new Random(seed, actorStreams.gradient);
  const score = new Float64Array(actor.weights.length);
  const means = new Map<number, { sum: number; trials: number }>();
  return inHalves(trials, score.length, (into) => {
    neurons.rest();
    score.fill(0);
    const trial = atOnce.begin(random);
    const values = firedValues(actor, neurons, trial.observe(), score, random);
    const noise = values.map(() => random.normal());
    const paid = trial.act(choiceOf(values, noise));
    const reward = trial.expectedReward ?? paid;
    // A mean of the trials before does not know what happened in this one.
    const before = means.get(trial.kind) ?? { sum: 0, trials: 0 };
    const deviation = before.trials === 0 ? 0 : reward - before.sum / before.trials;
    means.set(trial.kind, { sum: before.sum + reward, trials: before.trials + 1 });
    for (let index = 0; index < into.length; index++) into[index]! += deviation * score[index]!;
  });
}

/** Shows an input for a step of the task. @returns for each action the actor's readout of the spikes */
function firedValues(
  actor: SpikingActor,
  neurons: ActorNeurons,
  inputs: Float64Array,
  score: Float64Array,
  random: Random,
): Float64Array {
  const counts = new Float64Array(neurons.settings.neurons);
  for (let time = 0; time < windows.step; time += actorStepMilliseconds)
    for (const neuron of neurons.step(inputs, actor.weights, random, score).neurons) counts[neuron]! += 1;
  return actionValues(actor.readout, counts);
}

/** @param addTrial does a trial, and adds to the sum of its half */
function inHalves(trials: number, length: number, addTrial: (into: Float64Array) => void): Halves {
  const halves: Halves = [new Float64Array(length), new Float64Array(length)];
  for (let trial = 0; trial < trials; trial++) addTrial(halves[trial % 2 === 0 ? 0 : 1]);
  return halves;
}
