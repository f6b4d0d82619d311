// What a reward is worth beyond expectation: reward minus its running mean, for many trials side by side; analysis process.

/** @param rewards one for each copy of an experiment @returns each minus its mean until now, which then follows it */
export type RewardDeviation = (rewards: Float64Array) => Float64Array;

/**
 * @param share of the newest reward in the mean, 0 to 1
 * @returns a deviation with its own memory for each copy; a mean begins with the first reward.
 */
export function rewardBaseline(share: number): RewardDeviation {
  let means: Float64Array | undefined;
  return (rewards) => {
    const before = (means ??= rewards.slice());
    const deviations = rewards.map((reward, copy) => reward - before[copy]!);
    means = before.map((average, copy) => average + share * deviations[copy]!);
    return deviations;
  };
}
