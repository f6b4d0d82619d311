// The two ways in which errors come to hidden layers, and the connections that they come over; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import type { MultilayerNetwork } from './multilayer-network.ts';

/** Layer by layer: e_l = B_l (e_(l+1) ∘ φ′(a_(l+1))). */
export function carryByLayers(
  connections: readonly Matrix[],
  slopes: readonly Matrix[],
  outputError: Matrix,
): readonly Matrix[] {
  const errors = [outputError];
  for (let layer = connections.length - 1; layer >= 0; layer--)
    errors.unshift(errors[0]!.each(slopes[layer + 1]!).timesTransposed(connections[layer]!));
  return errors;
}

/** From the output to each layer: e_l = B_l (e_L ∘ φ′(a_L)). */
export function carryFromOutput(
  connections: readonly Matrix[],
  slopes: readonly Matrix[],
  outputError: Matrix,
): readonly Matrix[] {
  const sent = outputError.each(slopes.at(-1)!);
  return [...connections.map((each) => sent.timesTransposed(each)), outputError];
}

/** Connections from each layer to the one below, as large as forward weights when they are drawn. */
export function drawByLayers(network: MultilayerNetwork, parameters: RuleParameters, random: Random): Matrix[] {
  return network.layers
    .slice(1)
    .map(({ weights }) => drawn(weights.columns, weights.rows, weights.columns, parameters, random));
}

/** Connections from the output to each hidden layer, as large as the output's forward weights when they are drawn. */
export function drawFromOutput(network: MultilayerNetwork, parameters: RuleParameters, random: Random): Matrix[] {
  const outputs = network.layers.at(-1)!.weights.rows;
  return network.layers
    .slice(1)
    .map(({ weights }) => drawn(weights.columns, outputs, weights.columns, parameters, random));
}

/** @param senders of the forward weights, which are drawn with variance 1 / senders */
const drawn = (
  neurons: number,
  sources: number,
  senders: number,
  { feedbackScale = 1 }: RuleParameters,
  random: Random,
) => Matrix.normal(neurons, sources, feedbackScale / Math.sqrt(senders), random);

/** The forward weights the other way round. */
export const transposedWeights = (network: MultilayerNetwork): Matrix[] =>
  network.layers.slice(1).map(({ weights }) => weights.transposed());
