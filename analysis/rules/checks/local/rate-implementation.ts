// What checks of rate rules for single layers are measured on, and the streams of input that they learn from; analysis process.
import type { RuleParameters } from '../../../../common/learning-rule/apply-rule.ts';
import type { RuleDeclaration } from '../../../../common/learning-rule/declaration.ts';
import { parseRule } from '../../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../../base/matrix.ts';
import type { Random } from '../../base/random.ts';
import { dot, norm } from '../../base/vectors.ts';
import { RateLayer, type RateLayerDynamics } from '../../local/rate-layer.ts';

export interface RateImplementation {
  readonly declaration: RuleDeclaration;
  readonly dynamics: RateLayerDynamics;
}

export const layerOf = ({ declaration, dynamics }: RateImplementation, parameters: RuleParameters, weights: Matrix) =>
  new RateLayer(parseRule(declaration), parameters, weights, dynamics);

/** Variances along the axes of the Gaussian stream. */
const spectrum = [4, 2, 1, 0.5, 0.25];

/** @returns the principal components, one a row, largest variance first: a random rotation (Gram & Schmidt). */
export function randomComponents(random: Random): Matrix {
  const components = Matrix.normal(spectrum.length, spectrum.length, 1, random);
  for (let row = 0; row < spectrum.length; row++) {
    const own = components.row(row);
    for (let before = 0; before < row; before++) {
      const other = components.row(before);
      const share = dot(own, other);
      for (let index = 0; index < own.length; index++) own[index]! -= share * other[index]!;
    }
    const length = norm(own);
    for (let index = 0; index < own.length; index++) own[index]! /= length;
  }
  return components;
}

/** @returns an input with mean 0 and the spectrum 4, 2, 1, 0.5, 0.25 along the components. */
export function gaussianInput(components: Matrix, random: Random): Float64Array {
  const input = new Float64Array(spectrum.length);
  spectrum.forEach((variance, row) => {
    const amount = Math.sqrt(variance) * random.normal();
    const component = components.row(row);
    for (let index = 0; index < input.length; index++) input[index]! += amount * component[index]!;
  });
  return input;
}
