// Feedback with the signs of the forward weights, in three choices of its sizes; analysis process.
import {
  fixedSignSymmetric as fixed,
  redrawnSignSymmetric as redrawn,
  uniformSignSymmetric as uniform,
} from '../../../common/learning-rule/catalogue/sign-symmetric.ts';
import { Matrix } from '../base/matrix.ts';
import { carryByLayers, drawByLayers } from './carry-errors.ts';
import { type ErrorFeedback, errorRule } from './error-feedback.ts';
import type { MultilayerNetwork } from './multilayer-network.ts';

/** Sizes of feedback weights with the signs that the forward weights have now. */
export function withSigns(sizes: readonly Matrix[], network: MultilayerNetwork): readonly Matrix[] {
  return sizes.map((size, index) =>
    network.layers[index + 1]!.weights.transposed().with(size, (weight, magnitude) => Math.sign(weight) * magnitude),
  );
}

export const fixedSignSymmetricParts: ErrorFeedback = {
  declaration: fixed,
  draw: (...given) => drawByLayers(...given).map((each) => each.map(Math.abs)),
  connections: withSigns,
  carry: carryByLayers,
};

export const uniformSignSymmetricParts: ErrorFeedback = {
  ...fixedSignSymmetricParts,
  declaration: uniform,
  draw: (network, { feedbackScale = 1 }) =>
    network.layers.slice(1).map(({ weights: { rows, columns } }) => {
      // The mean size of the forward weights when they are drawn.
      const size = (feedbackScale * Math.sqrt(2 / Math.PI)) / Math.sqrt(columns);
      return new Matrix(columns, rows, new Float64Array(rows * columns).fill(size));
    }),
};

export const redrawnSignSymmetricParts: ErrorFeedback = {
  ...fixedSignSymmetricParts,
  declaration: redrawn,
  learnFeedback({ network, parameters, drawn, random }) {
    const sizes = fixedSignSymmetricParts.draw(network, parameters, random);
    drawn.forEach(({ values }, index) => values.set(sizes[index]!.values));
  },
};

export const fixedSignSymmetric = errorRule(fixedSignSymmetricParts);
export const uniformSignSymmetric = errorRule(uniformSignSymmetricParts);
export const redrawnSignSymmetric = errorRule(redrawnSignSymmetricParts);
