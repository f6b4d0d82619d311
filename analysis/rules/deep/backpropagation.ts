// Backpropagation for multilayer rate networks: the gradient of half the squared error, mean over samples; analysis process.
import { backpropagation as declaration } from '../../../common/learning-rule/catalogue/backpropagation.ts';
import type { Matrix } from '../base/matrix.ts';
import { Random } from '../base/random.ts';
import { carryByLayers, transposedWeights } from './carry-errors.ts';
import type { LayerChange } from './deep-rule.ts';
import { type ErrorFeedback, errorRule } from './error-feedback.ts';
import type { MultilayerNetwork } from './multilayer-network.ts';

export const backpropagationParts: ErrorFeedback = {
  declaration,
  draw: () => [],
  connections: (_, network) => transposedWeights(network),
  carry: carryByLayers,
};

export const backpropagation = errorRule(backpropagationParts);

/** @returns the negative gradient by the weights and biases of each layer: what every rule is measured by. */
export function negativeGradient(network: MultilayerNetwork, inputs: Matrix, targets: Matrix): readonly LayerChange[] {
  return backpropagation.create(network, { learningRate: 1 }, new Random(0)).changes(inputs, targets);
}
