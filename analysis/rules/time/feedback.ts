// Feedback connections of a spiking network: what brings the errors of the readout to the neurons; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { SpikingNetwork } from './spiking-network.ts';

export const feedbackKinds = ['symmetric', 'random', 'adaptive'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

/** outputs × neurons, normal, as large as the readout's own weights. @param random not the stream that drew the network */
export function drawFeedback({ readout }: SpikingNetwork, random: Random): Matrix {
  const size = Math.sqrt(readout.values.reduce((sum, each) => sum + each * each, 0) / readout.values.length);
  return Matrix.normal(readout.rows, readout.columns, size, random);
}

export interface Feedback {
  /** outputs × neurons */
  readonly weights: Matrix;
  /** After each change of the readout. @param change outputs × neurons */
  follow(change: Matrix): void;
}

/**
 * Symmetric: always the readout's weights. Random: drawn once. Adaptive: drawn once, then changed as the readout is, both
 * with a decay, so that they come to agree (Kolen & Pollack 1994; Bellec et al. 2020, Methods).
 * @param decay of readout and feedback in each change; only for 'adaptive'
 */
export function createFeedback(kind: FeedbackKind, network: SpikingNetwork, random: Random, decay = 0.01): Feedback {
  const { readout } = network;
  if (kind === 'symmetric') return { weights: readout, follow: () => undefined };
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
