// Feedback alignment and direct feedback alignment for multilayer rate networks; analysis process.
import { directFeedbackAlignment as direct } from '../../../common/learning-rule/catalogue/direct-feedback-alignment.ts';
import { feedbackAlignment as byLayers } from '../../../common/learning-rule/catalogue/feedback-alignment.ts';
import { carryByLayers, carryFromOutput, drawByLayers, drawFromOutput } from './carry-errors.ts';
import { type ErrorFeedback, errorRule } from './error-feedback.ts';

export const feedbackAlignmentParts: ErrorFeedback = {
  declaration: byLayers,
  draw: drawByLayers,
  connections: (drawn) => drawn,
  carry: carryByLayers,
};

export const directFeedbackAlignmentParts: ErrorFeedback = {
  declaration: direct,
  draw: drawFromOutput,
  connections: (drawn) => drawn,
  carry: carryFromOutput,
};

export const feedbackAlignment = errorRule(feedbackAlignmentParts);
export const directFeedbackAlignment = errorRule(directFeedbackAlignmentParts);
