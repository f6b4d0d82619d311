// Weight mirror for multilayer rate networks; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import {
  weightMirror as declaration,
  weightMirrorFeedback,
} from '../../../common/learning-rule/catalogue/weight-mirror.ts';
import { parameterValue } from '../../../common/learning-rule/parameter-value.ts';
import { parseRule, type ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { carryByLayers, drawByLayers } from './carry-errors.ts';
import { type ErrorFeedback, errorRule } from './error-feedback.ts';
import { type Layer, respond } from './multilayer-network.ts';
import { synapticChange } from './synaptic-change.ts';

/** The mean of the values so far, for each presentation and neuron; of the last `tau` presentations when there are more. */
export function runningMeans(values: Matrix, tau: number): Matrix {
  const means = new Matrix(values.rows, values.columns);
  for (let row = 0; row < values.rows; row++) {
    const [now, before] = [means.row(row), row === 0 ? undefined : means.row(row - 1)];
    values.row(row).forEach((value, column) => {
      const mean = before?.[column] ?? value;
      now[column] = mean + (value - mean) / Math.min(row + 1, tau);
    });
  }
  return means;
}

/**
 * One phase of noise: feedback from a layer to the one below learns from what noise below does above.
 * @param connections neurons below × neurons above; written into
 * @param above the layer that the noise goes to
 */
export function mirror(
  rule: ParsedRule,
  parameters: RuleParameters,
  connections: Matrix,
  above: Layer,
  random: Random,
): void {
  const value = (key: string) => parameterValue(rule.declaration, parameters, key);
  const noise = Matrix.normal(value('noiseSamples'), connections.rows, value('noiseDeviation'), random);
  const y = noise.map((each) => each + value('noiseMean'));
  const { rates: x } = respond(above, y);
  const [ofX, ofY] = [x, y].map((values) => runningMeans(values, value('meanTimeConstantMilliseconds')));
  const layer = { weights: connections, biases: new Float64Array(connections.rows) };
  const change = synapticChange(rule, parameters, layer, { x, x_mean: ofX! }, { y, y_mean: ofY! });
  connections.values.set(connections.plus(change.weights).values);
}

const feedbackRule = parseRule(weightMirrorFeedback);

export const weightMirrorParts: ErrorFeedback = {
  declaration,
  draw: drawByLayers,
  connections: (drawn) => drawn,
  carry: carryByLayers,
  learnFeedback({ parameters, network, drawn, random }) {
    for (let step = 0; step < parameterValue(declaration, parameters, 'feedbackSteps'); step++)
      drawn.forEach((connections, index) =>
        mirror(feedbackRule, parameters, connections, network.layers[index + 1]!, random),
      );
  },
};

export const weightMirror = errorRule(weightMirrorParts);
