// A multilayer rate network: a_l = W_l h_(l−1) + b_l, h_l = φ(a_l), with a linear last layer; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { type Activation, linear } from './activation.ts';

export interface Layer {
  /** receivers × senders */
  readonly weights: Matrix;
  /** One for each receiver. */
  readonly biases: Float64Array;
  readonly activation: Activation;
}

/** What a layer did with a batch; rows are samples. */
export interface LayerActivity {
  /** samples × receivers */
  readonly drive: Matrix;
  /** samples × receivers */
  readonly rates: Matrix;
}

/** What one layer does. @param senders samples × senders, their rates. @param noise samples × receivers, added to the drive */
export function respond({ weights, biases, activation }: Layer, senders: Matrix, noise?: Matrix): LayerActivity {
  const drive = senders.timesTransposed(weights);
  for (let index = 0, row = 0; row < drive.rows; row++) {
    for (let column = 0; column < drive.columns; column++) drive.values[index++]! += biases[column]!;
  }
  const noisy = noise === undefined ? drive : drive.plus(noise);
  const rates = new Matrix(noisy.rows, noisy.columns);
  // Loops of their own here and below: few functions are called from each, and the compiler can put them in place.
  for (let index = 0; index < rates.values.length; index++) rates.values[index] = activation.of(noisy.values[index]!);
  return { drive: noisy, rates };
}

/** Slopes of the activation where a layer is. @returns samples × receivers */
export function slopesOf({ activation }: Layer, { drive, rates }: LayerActivity): Matrix {
  const slopes = new Matrix(drive.rows, drive.columns);
  for (let index = 0; index < slopes.values.length; index++)
    slopes.values[index] = activation.slope(drive.values[index]!, rates.values[index]!);
  return slopes;
}

export class MultilayerNetwork {
  readonly layers: readonly Layer[];

  constructor(layers: readonly Layer[]) {
    this.layers = layers;
  }

  /**
   * @param sizes neurons of input, hidden and output layers
   * @param hidden activation of all layers but the last
   * Weights are normal with variance 1 / senders, biases 0.
   */
  static random(sizes: readonly number[], hidden: Activation, random: Random): MultilayerNetwork {
    return new MultilayerNetwork(
      sizes.slice(1).map((receivers, index) => {
        const senders = sizes[index]!;
        return {
          weights: Matrix.normal(receivers, senders, 1 / Math.sqrt(senders), random),
          biases: new Float64Array(receivers),
          activation: index === sizes.length - 2 ? linear : hidden,
        };
      }),
    );
  }

  /** @param inputs samples × neurons of the first layer. @returns what each layer did, the first hidden one first. */
  forward(inputs: Matrix): LayerActivity[] {
    const activities: LayerActivity[] = [];
    let rates = inputs;
    for (const layer of this.layers) {
      const activity = respond(layer, rates);
      activities.push(activity);
      ({ rates } = activity);
    }
    return activities;
  }

  /** @returns samples × outputs */
  predict(inputs: Matrix): Matrix {
    return this.forward(inputs).at(-1)!.rates;
  }

  copy(): MultilayerNetwork {
    return new MultilayerNetwork(
      this.layers.map(({ weights, biases, activation }) => ({
        weights: weights.copy(),
        biases: biases.slice(),
        activation,
      })),
    );
  }
}

/** The cost that everything is measured by: half the squared error, mean over samples. */
export function squaredError(outputs: Matrix, targets: Matrix): number {
  const { values } = outputs.minus(targets);
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum / 2 / outputs.rows;
}
