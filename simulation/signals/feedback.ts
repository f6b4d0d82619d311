// How a signal of several numbers reaches the receivers of a learning rule; simulation process.
import type { CompiledThirdFactor } from '../network/compiled-network.ts';
import { key, normal, RandomSequence } from '../network/random.ts';

/** What of each output of the signal is added. */
export type FeedbackRow = Float64Array;

/**
 * @param outputs of the signal. @param index of the third factor in the network
 * @returns one row for each receiver, or one for all: the plain sum, or random weights of variance 1 / outputs (Lillicrap et al. 2016).
 */
export function feedbackOf(
  { source, length }: CompiledThirdFactor,
  outputs: number,
  seed: number,
  index: number,
): FeedbackRow[] {
  if (source.feedback === 'all') return [new Float64Array(outputs).fill(1)];
  // A stream of its own: feedback must not resemble what else is drawn from the seed.
  const random = new RandomSequence(key(seed, 'feedback', index));
  return Array.from({ length }, () =>
    Float64Array.from({ length: outputs }, () => normal(random.next()) / Math.sqrt(outputs)),
  );
}
