// How credit for an action falls with the delay of its reward, and what is learned in spite of it; analysis process.
import { Random } from '../base/random.ts';
import { temporalCredit } from '../tasks/temporal-credit.ts';
import { type ActorRule, actorStreams, createActor } from './actor-rule.ts';
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
}

export interface TemporalCreditResult {
  /** Parts of right actions, one for each window. */
  readonly right: readonly number[];
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
  let rights = 0;
  for (let trial = 1; trial <= study.trials; trial++) {
    rights += playTrial(learner, task.begin(trials), activity, activity);
    if (trial % window !== 0) continue;
    right.push(rights / window);
    rights = 0;
  }
  return { right, credit: creditOf(create(slowed(rule)), task, study), synapses: learner.actor.synapseCount };
}

function slowed(rule: ActorRule): ActorRule {
  const rates = Object.entries(rule.declaration.parameters).flatMap(([key, { symbol }]) =>
    symbol === 'eta' ? [[key, (rule.parameters[key] ?? 0) / 1000] as const] : [],
  );
  return { ...rule, parameters: { ...rule.parameters, ...Object.fromEntries(rates) } };
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
  player.reward(reward, trial.kind, inDelay);
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
  const perInput = actor.settings.sendersPerInput;
  const senders = perInput * task.inputs;
  const ownSynapses = (actor.settings.neurons / task.outputs) * perInput;
  let sum = 0;
  for (let probe = 0; probe < probes; probe++) {
    const trial = task.begin(new Random(seed, actorStreams.probes + 3 * probe));
    const [during, after] = [1, 2].map((more) => new Random(seed, actorStreams.probes + 3 * probe + more));
    playTrial(player, trial, during!, after!);
    for (const [synapse, weight] of actor.weights.entries()) {
      if (actor.inputOf(synapse % senders) !== trial.kind) continue;
      const isOwn = actor.actionOf(Math.floor(synapse / senders)) === trial.kind;
      sum += ((isOwn ? 1 : -1) * (weight - drawn[synapse]!)) / ownSynapses;
    }
    actor.weights.set(drawn);
  }
  return sum / probes;
}
