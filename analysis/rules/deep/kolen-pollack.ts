// Kolen-Pollack learning for multilayer rate networks; analysis process.
import { kolenPollack as declaration } from '../../../common/learning-rule/catalogue/kolen-pollack.ts';
import { carryByLayers, drawByLayers } from './carry-errors.ts';
import { type ErrorFeedback, errorRule, type ErrorSignals, type FeedbackLearning } from './error-feedback.ts';
import { synapticChange } from './synaptic-change.ts';

/** A feedback connection changes by the rule of the forward one between the same neurons, with its own weight in the decay. */
export function learnAsForward(
  { rule, parameters, drawn }: FeedbackLearning,
  { activities, slopes, errors }: ErrorSignals,
): void {
  drawn.forEach((connections, index) => {
    const weights = connections.transposed();
    const { rates } = activities[index]!;
    const change = synapticChange(
      rule,
      parameters,
      { weights, biases: new Float64Array(weights.rows) },
      { x: rates },
      { slope: slopes[index + 1]!, error: errors[index + 1]! },
    );
    connections.values.set(weights.plus(change.weights).transposed().values);
  });
}

export const kolenPollackParts: ErrorFeedback = {
  declaration,
  draw: drawByLayers,
  connections: (drawn) => drawn,
  carry: carryByLayers,
  learnFeedback: learnAsForward,
};

export const kolenPollack = errorRule(kolenPollackParts);
