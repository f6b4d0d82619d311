// How an actor fares at a bandit whose arms are reversed: one long session, a pull after the other; analysis process.
import { Random } from '../base/random.ts';
import { bandit, type BanditSettings } from '../tasks/bandit.ts';
import { type ActorRule, actorStreams, createActor } from './actor-rule.ts';

export interface BanditStudy {
  readonly rule: ActorRule;
  readonly neurons: number;
  readonly seed: number;
  readonly task: BanditSettings;
  /** Pulls of a window in which the rate of reward is taken. */
  readonly window: number;
}

/** Between a reward and the next pull, in ms. */
const pause = 200;

export interface BanditWindow {
  readonly pulls: number;
  /** What the chosen arms earn in the mean: the rate of reward without the luck of draws. */
  readonly rewardRate: number;
}

/** @returns one entry for each window, the first when it is over; and how many synapses there were. */
export function runBandit({ rule, neurons, seed, task, window }: BanditStudy, onWindow: (pulls: number) => void) {
  const { inputs, outputs, begin } = bandit(task);
  const player = createActor(rule, inputs, outputs, neurons, seed);
  const random = new Random(seed, actorStreams.activity);
  const session = begin(new Random(seed, actorStreams.trials));
  const windows: BanditWindow[] = [];
  let [pulls, earned] = [0, 0];
  while (!session.isOver) {
    const reward = player.act(session, random);
    player.reward(reward, session.kind, random);
    player.pause(pause, random);
    earned += session.expectedReward ?? reward;
    pulls += 1;
    if (pulls % window !== 0) continue;
    windows.push({ pulls, rewardRate: earned / window });
    earned = 0;
    onWindow(pulls);
  }
  return { windows, synapses: player.actor.synapseCount };
}
