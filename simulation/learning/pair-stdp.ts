// Pair-based spike-timing-dependent plasticity, all pairs, additive with hard bounds.
import type { Int } from '../kernel/expression.ts';
import { share } from '../kernel/fixed-point.ts';
import { ruleModel } from './rule-model.ts';

/** A change in units of 2^scale; what is more than the whole range of weights is cut to it. */
const scaled = (change: Int, scale: Int, changeMax: Int) =>
  change.isAbove(changeMax).select(changeMax, change).shiftLeft(scale);

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
    parameters: [
      'potentiationMantissa',
      'potentiationShift',
      'depressionMantissa',
      'depressionShift',
      'scale',
      'changeMax',
      'maximum',
    ],
  },
  {
    onArrival({ weight, receiverTrace, depressionMantissa, depressionShift, scale, changeMax }) {
      const changed = weight.minus(scaled(share(receiverTrace, depressionMantissa, depressionShift), scale, changeMax));
      return changed.isBelow(0).select(0, changed);
    },
    onFiring({ weight, senderTrace, potentiationMantissa, potentiationShift, scale, changeMax, maximum }) {
      const changed = weight.plus(
        scaled(share(senderTrace, potentiationMantissa, potentiationShift), scale, changeMax),
      );
      return changed.isAbove(maximum).select(maximum, changed);
    },
  },
);
