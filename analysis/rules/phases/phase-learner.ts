// Makes a learner of what a rule would change now; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { DeepLearner, LayerChange } from '../deep/deep-rule.ts';
import type { MultilayerNetwork } from '../deep/multilayer-network.ts';
import { addChange } from '../deep/synaptic-change.ts';

/** @param predict how the rule reads the network out; by its forward pass if left out */
export function phaseLearner(
  network: MultilayerNetwork,
  changes: DeepLearner['changes'],
  predict: DeepLearner['predict'] = (inputs) => network.predict(inputs),
): DeepLearner {
  return {
    network,
    changes,
    learn: (inputs, targets) => addChanges(network, changes(inputs, targets)),
    predict,
  };
}

export function addChanges({ layers }: MultilayerNetwork, changes: readonly LayerChange[]): void {
  for (const [index, layer] of layers.entries()) addChange(layer, changes[index]!);
}

/** @returns what the layer below did: rates of the layer before, or the inputs. */
export const below = <T>(inputs: T, rates: readonly T[], index: number): T =>
  index === 0 ? inputs : rates[index - 1]!;

/** @returns a matrix of the same shape with one value everywhere. */
export const filled = ({ rows, columns }: Matrix, value: number): Matrix =>
  new Matrix(rows, columns, new Float64Array(rows * columns).fill(value));
