// Pair-based spike-timing-dependent plasticity, all pairs, additive with hard bounds; simulation process.
import type { PairStdp } from '../../common/experiment/network-model.ts';
import type { LearningRule } from './learning-rule.ts';

/**
 * A pair with the receiver's spike Δt after the arrival of the sender's changes the weight by A₊ exp(−Δt/τ₊), with Δt before
 * it by −A₋ exp(−Δt/τ₋), and not at all when both fall into one step (Gerstner et al. 1996; Song, Miller & Abbott 2000).
 * The conduction delay is axonal: Δt counts from the arrival at the synapse.
 */
export function pairStdp(model: PairStdp): LearningRule {
  const { potentiationMillivolts, depressionMillivolts, maximumWeightMillivolts } = model;
  return {
    senderTimeConstantsMilliseconds: [model.potentiationTimeConstantMilliseconds],
    receiverTimeConstantsMilliseconds: [model.depressionTimeConstantMilliseconds],
    lowestWeightMillivolts: 0,
    highestWeightMillivolts: maximumWeightMillivolts,
    onArrival(weight, _sender, _senderAt, receiver, receiverAt) {
      const changed = weight - depressionMillivolts * receiver[receiverAt]!;
      return changed < 0 ? 0 : changed;
    },
    onFiring(weight, sender, senderAt) {
      const changed = weight + potentiationMillivolts * sender[senderAt]!;
      return changed > maximumWeightMillivolts ? maximumWeightMillivolts : changed;
    },
  };
}
