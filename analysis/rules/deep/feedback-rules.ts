// The rules for multilayer rate networks that learn from errors, targets, perturbations or second presentations; analysis process.
import { backpropagation } from './backpropagation.ts';
import type { DeepRule } from './deep-rule.ts';
import { directFeedbackAlignment, feedbackAlignment } from './feedback-alignment.ts';
import { forwardForward } from './forward-forward.ts';
import { kolenPollack } from './kolen-pollack.ts';
import { pepita } from './pepita.ts';
import { nodePerturbation, weightPerturbation } from './perturbation.ts';
import { readoutOnly } from './readout-only.ts';
import { fixedSignSymmetric, redrawnSignSymmetric, uniformSignSymmetric } from './sign-symmetric.ts';
import {
  differenceTargetPropagation,
  directLinearFeedback,
  localDifferenceReconstruction,
  targetPropagation,
} from './target-propagation.ts';
import { weightMirror } from './weight-mirror.ts';

export const deepFeedbackRules: readonly DeepRule[] = [
  backpropagation,
  readoutOnly,
  feedbackAlignment,
  directFeedbackAlignment,
  uniformSignSymmetric,
  fixedSignSymmetric,
  redrawnSignSymmetric,
  kolenPollack,
  weightMirror,
  nodePerturbation,
  weightPerturbation,
  targetPropagation,
  differenceTargetPropagation,
  directLinearFeedback,
  localDifferenceReconstruction,
  pepita,
  forwardForward,
];
