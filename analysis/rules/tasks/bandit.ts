// A bandit of several arms whose best arm may change: one session is one interactive trial, one pull a step; analysis process.
import type { InteractiveTask } from './temporal-task.ts';

export interface BanditSettings {
  /** Of each arm. */
  readonly rewardProbabilities: readonly number[];
  readonly pulls: number;
  /** The probabilities move on by one arm every so many pulls; undefined: never. */
  readonly reversalEvery?: number;
}

export const banditSettings: BanditSettings = { rewardProbabilities: [0.8, 0.2], pulls: 400 };
export const reversalSettings: BanditSettings = { ...banditSettings, reversalEvery: 80 };

/** @returns for each arm the probability with which it pays in a pull; 0 is the first. */
export function armsAt({ rewardProbabilities, reversalEvery = Infinity }: BanditSettings, pull: number): number[] {
  const turned = Math.floor(pull / reversalEvery);
  const arms = rewardProbabilities.length;
  return rewardProbabilities.map((_, arm) => rewardProbabilities[(arm + turned) % arms]!);
}

/** The largest output is the arm that is pulled; the only input is always 1. Reward 1 or 0. */
export function bandit(settings: BanditSettings = banditSettings): InteractiveTask {
  const { pulls } = settings;
  const arms = settings.rewardProbabilities.length;
  return {
    name: settings.reversalEvery === undefined ? 'bandit' : 'bandit-reversal',
    inputs: 1,
    outputs: arms,
    begin(random) {
      const errors = new Float64Array(arms);
      let [pull, expectedReward] = [0, 0];
      return {
        kind: 0,
        get isOver() {
          return pull >= pulls;
        },
        get expectedReward() {
          return expectedReward;
        },
        errors,
        observe: () => Float64Array.of(1),
        act(action) {
          const probabilities = armsAt(settings, pull);
          const best = probabilities.indexOf(Math.max(...probabilities));
          errors.set(action.map((each, arm) => each - Number(arm === best)));
          pull += 1;
          const arm = action.indexOf(Math.max(...action));
          expectedReward = probabilities[arm]!;
          return Number(random.uniform() < expectedReward);
        },
      };
    },
  };
}
