// Small networks and batches for checks of rules for multilayer networks; analysis process.
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { tanh } from '../../deep/activation.ts';
import type { LayerChange } from '../../deep/deep-rule.ts';
import { flat } from '../../deep/gradient-angle.ts';
import { MultilayerNetwork } from '../../deep/multilayer-network.ts';

export interface Task {
  readonly network: MultilayerNetwork;
  readonly inputs: Matrix;
  readonly targets: Matrix;
}

/** A network with biases, normal inputs and normal targets. */
export function randomTask(sizes: readonly number[], samples: number, seed: number): Task {
  const network = MultilayerNetwork.random(sizes, tanh, new Random(seed, 0));
  const data = new Random(seed, 2);
  for (const { biases } of network.layers) biases.set(biases.map(() => 0.3 * data.normal()));
  return {
    network,
    inputs: Matrix.normal(samples, sizes[0]!, 1, data),
    targets: Matrix.normal(samples, sizes.at(-1)!, 1, data),
  };
}

/** All numbers of all layers' changes. */
export const flatAll = (changes: readonly LayerChange[]): Float64Array =>
  Float64Array.from(changes.flatMap((change) => [...flat(change)]));

export const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => (Number.isNaN(value) ? NaN : Math.max(most, Math.abs(value))), 0);
