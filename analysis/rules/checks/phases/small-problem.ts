// Small networks with batches, on which checks of this folder measure; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { type Activation, tanh } from '../../deep/activation.ts';
import type { DeepRule, LayerChange } from '../../deep/deep-rule.ts';
import { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import { flat } from './reference-gradient.ts';

export interface SmallProblem {
  readonly network: MultilayerNetwork;
  /** samples × inputs */
  readonly inputs: Matrix;
  /** samples × outputs */
  readonly targets: Matrix;
}

/**
 * @param sizes neurons of input, hidden and output layers
 * @param scale of weights, against a variance of 1 / senders; biases are normal with 0.2 times it
 */
export function smallProblem(
  seed: number,
  sizes: readonly number[],
  samples: number,
  { scale = 1, activation = tanh }: { readonly scale?: number; readonly activation?: Activation } = {},
): SmallProblem {
  const random = new Random(seed, 7);
  const { layers } = MultilayerNetwork.random(sizes, activation, random);
  const network = new MultilayerNetwork(
    layers.map((layer) => ({
      ...layer,
      weights: layer.weights.scaled(scale),
      biases: layer.biases.map(() => 0.2 * scale * random.normal()),
    })),
  );
  const inputs = Matrix.normal(samples, sizes[0]!, 1, random);
  const targets = Matrix.normal(samples, sizes.at(-1)!, 0.5, random);
  return { network, inputs, targets };
}

/** @returns what a rule would change, weights and biases of all layers behind each other. */
export const changesOf = (
  rule: DeepRule,
  { network, inputs, targets }: SmallProblem,
  parameters: Readonly<Record<string, number>>,
): Float64Array =>
  flat(rule.create(network, { learningRate: 1, ...parameters }, new Random(11, 3)).changes(inputs, targets));

/** @returns the weights of all layers behind each other. */
export const weightsOf = (changes: readonly LayerChange[]): Float64Array =>
  Float64Array.from(changes.flatMap(({ weights }) => [...weights.values]));

export const largest = (values: Iterable<number>): number => {
  let found = 0;
  // NaN must not go unseen.
  for (const value of values) found = Math.abs(value) <= found ? found : Math.abs(value);
  return found;
};
