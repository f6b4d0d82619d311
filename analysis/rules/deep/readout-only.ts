// The control that trains the output layer alone; analysis process.
import { readoutOnly as declaration } from '../../../common/learning-rule/catalogue/readout-only.ts';
import { Matrix } from '../base/matrix.ts';
import { type ErrorFeedback, errorRule } from './error-feedback.ts';

export const readoutOnlyParts: ErrorFeedback = {
  declaration,
  draw: () => [],
  connections: () => [],
  carry: (_, slopes, outputError) => [
    ...slopes.slice(0, -1).map(({ rows, columns }) => new Matrix(rows, columns)),
    outputError,
  ],
};

export const readoutOnly = errorRule(readoutOnlyParts);
