// A multilayer network with connections down as well, which comes to rest: h_l = φ(W_l h_(l−1) + b_l + F_l h_(l+1)); analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Activation } from '../deep/activation.ts';
import type { Layer, MultilayerNetwork } from '../deep/multilayer-network.ts';
import { type Arithmetic, doublePrecision } from './arithmetic.ts';
import { below } from './phase-learner.ts';

export interface CoupledLayer {
  /** senders × receivers: the weights of the layer, transposed. */
  readonly up: Matrix;
  readonly biases: Float64Array;
  readonly activation: Activation;
  /** neurons of the layer above × receivers; the last layer has none. */
  readonly down: Matrix | undefined;
}

/** @param strength of the connections down against those up */
export const symmetricCoupling = ({ layers }: MultilayerNetwork, strength = 1): CoupledLayer[] =>
  coupling(layers, (index) => layers[index + 1]!.weights.scaled(strength));

/** @param feedback of each layer but the last: receivers × neurons of the layer above */
export const separateCoupling = ({ layers }: MultilayerNetwork, feedback: readonly Matrix[]): CoupledLayer[] =>
  coupling(layers, (index) => feedback[index]!.transposed());

const coupling = (layers: readonly Layer[], down: (index: number) => Matrix): CoupledLayer[] =>
  layers.map(({ weights, biases, activation }, index) => ({
    up: weights.transposed(),
    biases,
    activation,
    down: index === layers.length - 1 ? undefined : down(index),
  }));

/** What becomes of the outputs: nothing, pulled by β towards the targets, or held at them. Targets are samples × outputs. */
export type Phase =
  | { readonly kind: 'free' }
  | { readonly kind: 'nudged'; readonly targets: Matrix; readonly beta: number }
  | { readonly kind: 'clamped'; readonly targets: Matrix };

export interface Coupled {
  readonly layers: readonly CoupledLayer[];
  /** samples × inputs */
  readonly inputs: Matrix;
  readonly phase: Phase;
  readonly arithmetic: Arithmetic;
}

/** How a layer answers its neighbours; @returns its new rates, samples × neurons. */
export type LayerAnswer = (coupled: Coupled, rates: readonly Matrix[], index: number) => Matrix;

/** Free or clamped, these are the rates where the energy is least with all other layers as they are: settling never raises it. */
export const answer: LayerAnswer = ({ layers, inputs, phase, arithmetic }, rates, index) => {
  const { up, biases, activation, down } = layers[index]!;
  if (down === undefined && phase.kind === 'clamped') return phase.targets;
  const fromBelow = arithmetic.times(below(inputs, rates, index), up);
  const fromAbove = down === undefined ? undefined : arithmetic.times(rates[index + 1]!, down);
  const own = rates[index]!;
  const { round } = arithmetic;
  return fromBelow.map((value, at) => {
    let drive = round(value + round(biases[at % biases.length]!));
    if (fromAbove !== undefined) drive = round(drive + fromAbove.values[at]!);
    else if (phase.kind === 'nudged')
      drive = round(drive + round(round(phase.beta) * round(phase.targets.values[at]! - own.values[at]!)));
    return round(activation.of(drive));
  });
};

export interface Settling {
  readonly answer: LayerAnswer;
  /** The most sweeps over the layers. */
  readonly steps: number;
  /** At rest is what changes by no more than this in a sweep. */
  readonly tolerance: number;
}

/**
 * Lets the layers answer one after the other until all are at rest.
 * @param start rates to start from; 0 if left out
 * @returns rates of each layer, samples × neurons
 */
export function settle(
  { answer: answerOf, steps, tolerance }: Settling,
  about: Omit<Coupled, 'arithmetic'> & { readonly arithmetic?: Arithmetic },
  start?: readonly Matrix[],
): Matrix[] {
  const coupled: Coupled = { arithmetic: doublePrecision, ...about };
  const rates = start?.slice() ?? coupled.layers.map(({ up }) => new Matrix(coupled.inputs.rows, up.columns));
  for (let step = 0; step < steps; step++) {
    let largest = 0;
    for (let index = 0; index < rates.length; index++) {
      const before = rates[index]!;
      const after = answerOf(coupled, rates, index);
      for (let at = 0; at < after.values.length; at++)
        largest = Math.max(largest, Math.abs(after.values[at]! - before.values[at]!));
      rates[index] = after;
    }
    if (largest <= tolerance) break;
  }
  return rates;
}
