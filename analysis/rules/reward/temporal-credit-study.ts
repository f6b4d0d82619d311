// How credit for an action falls with the delay of its reward, and what is learned in spite of it; analysis process.
import { Random } from '../base/random.ts';
import { temporalCredit } from '../tasks/temporal-credit.ts';
import { type ActorRule, actorStreams, createActor, isControl, slowed } from './actor-rule.ts';
import { angleToRewardGradient, type AngleTrials } from './reward-angle.ts';
import { type RewardedActor, windows } from './rewarded-actor.ts';

export interface TemporalCreditStudy {
  readonly rule: ActorRule;
  readonly neurons: number;
  readonly seed: number;
  readonly delayMilliseconds: number;
  readonly trials: number;
  readonly probes: number;
  /** Trials of a window in which the part of right actions is taken. */
  readonly window: number;
  /** In which the angle is measured after each window; undefined: it is not measured. */
  readonly angleTrials?: AngleTrials | undefined;
}

export interface TemporalCreditResult {
  /** Parts of right actions, one for each window. */
  readonly right: readonly number[];
  /** Between the change of the neurons' synapses and the gradient of reward after each window; null of the control, and unmeasured. */
  readonly anglesDegrees: readonly (number | null)[];
  /**
   * What a trial of the network as it was drawn adds to the weights from a cue to its own action, less what it adds to those from the
   * cue to the other: mean over probes and synapses, at a thousandth of the learning rate, so that the bounds of weights do not cut it.
   */
  readonly credit: number;
  readonly synapses: number;
}

/** Trials are far apart: each begins with nothing in mind. */
export function runTemporalCredit(study: TemporalCreditStudy): TemporalCreditResult {
  const { rule, neurons, seed, delayMilliseconds, window } = study;
  const task = temporalCredit(Math.round(delayMilliseconds / windows.step));
  const create = (of: ActorRule) => createActor(of, task.inputs, task.outputs, neurons, seed);
  const learner = create(rule);
  const trials = new Random(seed, actorStreams.trials);
  const activity = new Random(seed, actorStreams.activity);
  const right: number[] = [];
  const anglesDegrees: (number | null)[] = [];
  let rights = 0;
  for (let trial = 1; trial <= study.trials; trial++) {
    rights += playTrial(learner, task.begin(trials), activity, activity);
    if (trial % window !== 0) continue;
    right.push(rights / window);
    rights = 0;
    const probe = () => create(slowed(rule));
    anglesDegrees.push(isControl(rule) ? null : angleOf(study, learner, probe));
  }
  return {
    right,
    anglesDegrees,
    credit: creditOf(create(slowed(rule)), task, study),
    synapses: learner.actor.synapseCount,
  };
}

function angleOf(study: TemporalCreditStudy, learner: RewardedActor, probe: () => RewardedActor): number | null {
  const { seed, delayMilliseconds, angleTrials } = study;
  if (angleTrials === undefined) return null;
  const [task, atOnce] = [Math.round(delayMilliseconds / windows.step), 0].map((delay) => temporalCredit(delay));
  return angleToRewardGradient({ learner, probe: probe(), task: task!, atOnce: atOnce!, seed }, angleTrials);
}

/** @returns the reward. @param inDelay random numbers of what goes on after the action */
function playTrial(
  player: RewardedActor,
  trial: ReturnType<ReturnType<typeof temporalCredit>['begin']>,
  random: Random,
  inDelay: Random,
): number {
  player.actor.rest();
  let reward = player.act(trial, random);
  while (!trial.isOver) reward = player.act(trial, inDelay);
  player.reward(reward, trial, inDelay);
  return reward;
}

/** Probes with the same numbers differ in nothing but the delay: cue, spikes and action are the same. */
function creditOf(
  player: RewardedActor,
  task: ReturnType<typeof temporalCredit>,
  { seed, probes }: TemporalCreditStudy,
): number {
  const { actor } = player;
  const drawn = actor.weights.slice();
  const perInput = actor.neurons.settings.sendersPerInput;
  const senders = perInput * task.inputs;
  const ownSynapses = (actor.neurons.settings.neurons / task.outputs) * perInput;
  let sum = 0;
  for (let probe = 0; probe < probes; probe++) {
    const trial = task.begin(new Random(seed, actorStreams.probes + 3 * probe));
    const [during, after] = [1, 2].map((more) => new Random(seed, actorStreams.probes + 3 * probe + more));
    playTrial(player, trial, during!, after!);
    for (const [synapse, weight] of actor.weights.entries()) {
      if (actor.neurons.inputOf(synapse % senders) !== trial.kind) continue;
      const isOwn = actor.neurons.actionOf(Math.floor(synapse / senders)) === trial.kind;
      sum += ((isOwn ? 1 : -1) * (weight - drawn[synapse]!)) / ownSynapses;
    }
    actor.weights.set(drawn);
  }
  return sum / probes;
}
