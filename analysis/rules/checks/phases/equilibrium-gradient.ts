// The gradient of the cost at rest of a coupled network, by which checks of this folder measure; analysis process.
import { Matrix } from '../../base/matrix.ts';
import type { MultilayerNetwork } from '../../deep/multilayer-network.ts';
import type { CoupledLayer } from '../../phases/coupled-network.ts';

/**
 * Differentiates the law of rest implicitly (Almeida 1987; Pineda 1987), or gives what nudging measures instead: how each
 * rate answers a pull on the outputs. Both are the same only with symmetric weights.
 * @param down whether the weights down are the same synapses as those up, so that a weight counts in both directions
 * @param rates of each layer at rest, samples × neurons
 * @returns minus the gradient of the squared error by weights and biases, laid out as by `flat`; mean over samples
 */
export function descentAtRest(
  network: MultilayerNetwork,
  layers: readonly CoupledLayer[],
  inputs: Matrix,
  targets: Matrix,
  rates: readonly Matrix[],
  down: 'shared' | 'separate',
  sense: 'gradient' | 'answer' = 'gradient',
): Float64Array {
  const last = layers.length - 1;
  const slopes = layers.map(({ up, biases, activation, down: above }, index) => {
    const own = (index === 0 ? inputs : rates[index - 1]!).times(up);
    const both = above === undefined ? own : own.plus(rates[index + 1]!.times(above));
    return both.map((value, at) => activation.slope(value + biases[at % biases.length]!));
  });
  const miss = targets.minus(rates[last]!);
  let deltas = rates.map(({ rows, columns }) => new Matrix(rows, columns));
  for (let sweep = 0; sweep < 2000; sweep++) {
    const before = deltas;
    deltas = deltas.map((_, index) => {
      const above = () => (sense === 'gradient' ? layers[index + 1]!.up.transposed() : layers[index]!.down!);
      const under = () => (sense === 'gradient' ? layers[index - 1]!.down!.transposed() : layers[index]!.up);
      let reaching = index === last ? miss : before[index + 1]!.times(above());
      if (index > 0) reaching = reaching.plus(before[index - 1]!.times(under()));
      return reaching.each(slopes[index]!);
    });
    const moved = deltas.every((each, index) =>
      each.values.every((value, at) => Math.abs(value - before[index]!.values[at]!) < 1e-16),
    );
    if (moved) break;
  }
  const samples = inputs.rows;
  return Float64Array.from(
    network.layers.flatMap(({ biases }, index) => {
      const senders = index === 0 ? inputs : rates[index - 1]!;
      let weights = deltas[index]!.transposed().times(senders);
      if (down === 'shared' && index > 0) weights = weights.plus(rates[index]!.transposed().times(deltas[index - 1]!));
      const ofBiases = biases.map((_, at) => {
        let sum = 0;
        for (let row = 0; row < samples; row++) sum += deltas[index]!.row(row)[at]!;
        return sum / samples;
      });
      return [...weights.values.map((value) => value / samples), ...ofBiases];
    }),
  );
}
