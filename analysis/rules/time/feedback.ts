// Feedback connections of a spiking network: what brings the errors of the readout to the neurons; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { dot } from '../base/vectors.ts';
import type { FeedbackKind as StudyFeedback } from '../../../common/rule-study/rule-settings.ts';
import type { SpikingNetwork } from './spiking-network.ts';

/** What a study may choose, and what follows the readout. */
export type FeedbackKind = StudyFeedback | 'adaptive';

/** What feedback is made for: anything with a linear readout, outputs × neurons. */
type ReadOut = Pick<SpikingNetwork, 'readout'>;

/** outputs × neurons, normal, as large as the readout's own weights. @param random not the stream that drew the network */
export function drawFeedback({ readout }: ReadOut, random: Random): Matrix {
  return Matrix.normal(readout.rows, readout.columns, sizeOf(readout), random);
}

/** Root of the mean square. */
const sizeOf = ({ values }: Matrix) => Math.sqrt(dot(values, values) / values.length);

export interface Feedback {
  /** outputs × neurons */
  readonly weights: Matrix;
  /** After each change of the readout. @param change outputs × neurons */
  follow(change: Matrix): void;
}

/**
 * Symmetric: always the readout's weights. Random: drawn once. Adaptive: drawn once, then changed as the readout is, both
 * with a decay, so that they come to agree (Kolen & Pollack 1994; Bellec et al. 2020, Methods). Broadcast: drawn once, one number of
 * either sign for each output, which all neurons are told.
 * @param decay of readout and feedback in each change; only for 'adaptive'
 */
export function createFeedback(kind: FeedbackKind, network: ReadOut, random: Random, decay = 0.01): Feedback {
  const { readout } = network;
  if (kind === 'symmetric') return { weights: readout, follow: () => undefined };
  if (kind === 'broadcast') {
    const size = sizeOf(readout);
    const ofOutputs = Array.from({ length: readout.rows }, () => (random.uniform() < 0.5 ? -size : size));
    return {
      weights: readout.map((_, index) => ofOutputs[Math.floor(index / readout.columns)]!),
      follow: () => undefined,
    };
  }
  const weights = drawFeedback(network, random);
  if (kind === 'random') return { weights, follow: () => undefined };
  return {
    weights,
    follow(change) {
      for (let index = 0; index < weights.values.length; index++) {
        weights.values[index] = (1 - decay) * (weights.values[index]! + change.values[index]!);
        readout.values[index]! -= decay * readout.values[index]!;
      }
    },
  };
}
