// How an actor fares at a bandit whose arms are reversed: one long session, a pull after the other; analysis process.
import { Random } from '../base/random.ts';
import { armsAt, bandit, type BanditSettings } from '../tasks/bandit.ts';
import { type ActorRule, actorStreams, createActor, isControl, slowed } from './actor-rule.ts';
import { angleToRewardGradient, type AngleTrials } from './reward-angle.ts';
import type { RewardedActor } from './rewarded-actor.ts';

export interface BanditStudy {
  readonly rule: ActorRule;
  readonly neurons: number;
  readonly seed: number;
  readonly task: BanditSettings;
  /** Pulls of a window in which the rate of reward is taken. */
  readonly window: number;
  /** In which the angle is measured after each window; left out: the usual number. */
  readonly angleTrials?: AngleTrials;
}

/** Between a reward and the next pull, in ms. */
const pause = 200;

export interface BanditWindow {
  readonly pulls: number;
  /** What the chosen arms earn in the mean: the rate of reward without the luck of draws. */
  readonly rewardRate: number;
  /** Between the change of the neurons' synapses and the gradient of reward, as the arms paid in the window; null of the control. */
  readonly angleDegrees: number | null;
}

/** @returns one entry for each window, the first when it is over; and how many synapses there were. */
export function runBandit(study: BanditStudy, onWindow: (pulls: number) => void) {
  const { rule, neurons, seed, task, window } = study;
  const { inputs, outputs, begin } = bandit(task);
  const player = createActor(rule, inputs, outputs, neurons, seed);
  const random = new Random(seed, actorStreams.activity);
  const session = begin(new Random(seed, actorStreams.trials));
  const windows: BanditWindow[] = [];
  let [pulls, earned] = [0, 0];
  while (!session.isOver) {
    const reward = player.act(session, random);
    player.reward(reward, session, random);
    player.pause(pause, random);
    earned += session.expectedReward ?? reward;
    pulls += 1;
    if (pulls % window !== 0) continue;
    windows.push({ pulls, rewardRate: earned / window, angleDegrees: angleOf(study, player, pulls) });
    earned = 0;
    onWindow(pulls);
  }
  return { windows, synapses: player.actor.synapseCount };
}

/** @param pulls that are over */
function angleOf({ rule, neurons, seed, task, angleTrials }: BanditStudy, learner: RewardedActor, pulls: number) {
  if (isControl(rule)) return null;
  const onePull = bandit({ rewardProbabilities: armsAt(task, pulls - 1), pulls: 1 });
  const probe = createActor(slowed(rule), onePull.inputs, onePull.outputs, neurons, seed);
  return angleToRewardGradient({ learner, probe, task: onePull, atOnce: onePull, seed }, angleTrials);
}
