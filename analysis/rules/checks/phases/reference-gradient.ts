// The gradient by the chain rule, by which checks of this folder measure rules; analysis process.
import type { Matrix } from '../../base/matrix.ts';
import type { LayerChange } from '../../deep/deep-rule.ts';
import { type MultilayerNetwork, squaredError } from '../../deep/multilayer-network.ts';

/** @returns minus the gradient of the squared error, in each layer. */
export function descent(network: MultilayerNetwork, inputs: Matrix, targets: Matrix): LayerChange[] {
  const activities = network.forward(inputs);
  const changes: LayerChange[] = [];
  let miss = targets.minus(activities.at(-1)!.rates);
  for (let index = network.layers.length - 1; index >= 0; index--) {
    const { weights, activation, biases } = network.layers[index]!;
    const delta = miss.each(activities[index]!.drive.map((drive) => activation.slope(drive)));
    const senders = index === 0 ? inputs : activities[index - 1]!.rates;
    changes[index] = {
      weights: delta
        .transposed()
        .times(senders)
        .scaled(1 / inputs.rows),
      biases: biases.map((_, at) => columnSum(delta, at) / inputs.rows),
    };
    miss = delta.times(weights);
  }
  return changes;
}

function columnSum({ rows, columns, values }: Matrix, column: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += values[row * columns + column]!;
  return sum;
}

/** @returns all changes behind each other: weights of a layer, then its biases. */
export const flat = (changes: readonly LayerChange[]): Float64Array =>
  Float64Array.from(changes.flatMap(({ weights, biases }) => [...weights.values, ...biases]));

/**
 * @param cost of the network as it is
 * @returns minus its gradient by central differences, laid out as by `flat`.
 */
export function descentByDifferences(network: MultilayerNetwork, cost: () => number, step = 1e-6): Float64Array {
  const out: number[] = [];
  for (const { weights, biases } of network.layers) {
    for (const values of [weights.values, biases]) {
      for (let at = 0; at < values.length; at++) {
        const before = values[at]!;
        values[at] = before + step;
        const more = cost();
        values[at] = before - step;
        const less = cost();
        values[at] = before;
        out.push((less - more) / (2 * step));
      }
    }
  }
  return Float64Array.from(out);
}

export const costOf = (network: MultilayerNetwork, inputs: Matrix, targets: Matrix) => () =>
  squaredError(network.predict(inputs), targets);
