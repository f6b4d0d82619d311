// Pair-based spike-timing-dependent plasticity, all pairs, additive with hard bounds.
import { share } from '../kernel/fixed-point.ts';
import { ruleModel } from './rule-model.ts';

/**
 * A pair with the receiver's spike Δt after the arrival of the sender's changes the weight by A₊ exp(−Δt/τ₊), with Δt before
 * it by −A₋ exp(−Δt/τ₋), and not at all when both fall into one step (Gerstner et al. 1996; Song, Miller & Abbott 2000).
 * The conduction delay is axonal: Δt counts from the arrival at the synapse.
 */
export const pairStdp = ruleModel(
  {
    name: 'pairStdp',
    senderTraces: ['senderTrace'],
    receiverTraces: ['receiverTrace'],
    parameters: ['potentiationMantissa', 'potentiationShift', 'depressionMantissa', 'depressionShift', 'maximum'],
  },
  {
    onArrival({ weight, receiverTrace, depressionMantissa, depressionShift }) {
      const changed = weight.minus(share(receiverTrace, depressionMantissa, depressionShift));
      return changed.isBelow(0).select(0, changed);
    },
    onFiring({ weight, senderTrace, potentiationMantissa, potentiationShift, maximum }) {
      const changed = weight.plus(share(senderTrace, potentiationMantissa, potentiationShift));
      return changed.isAbove(maximum).select(maximum, changed);
    },
  },
);
