// How far what a rule makes of a network is from the true gradient; analysis process.
import type { Matrix } from '../base/matrix.ts';
import { angleDegrees } from '../base/vectors.ts';
import { negativeGradient } from './backpropagation.ts';
import type { DeepLearner, LayerChange } from './deep-rule.ts';

/** @returns all numbers of a change, weights row by row and then biases. */
export const flat = ({ weights, biases }: LayerChange): Float64Array =>
  Float64Array.from([...weights.values, ...biases]);

/** @returns the angle in degrees between what a learner would change now and the negative gradient, for each layer. */
export function gradientAngles(learner: DeepLearner, inputs: Matrix, targets: Matrix): number[] {
  const gradient = negativeGradient(learner.network, inputs, targets);
  return learner.changes(inputs, targets).map((change, index) => angleDegrees(flat(change), flat(gradient[index]!)));
}
