// The rules of the catalogue for multilayer rate networks whose layers learn from errors, targets or second presentations.
import type { RuleDeclaration } from '../declaration.ts';
import { backpropagation } from './backpropagation.ts';
import { directFeedbackAlignment } from './direct-feedback-alignment.ts';
import { feedbackAlignment } from './feedback-alignment.ts';
import { forwardForward } from './forward-forward.ts';
import { kolenPollack } from './kolen-pollack.ts';
import { pepita } from './pepita.ts';
import { nodePerturbation, weightPerturbation } from './perturbation.ts';
import { readoutOnly } from './readout-only.ts';
import { differenceReconstruction, localDifferenceFeedback, reconstruction } from './reconstruction.ts';
import { fixedSignSymmetric, redrawnSignSymmetric, uniformSignSymmetric } from './sign-symmetric.ts';
import {
  differenceTargetPropagation,
  directLinearFeedback,
  localDifferenceReconstruction,
  targetPropagation,
} from './target-propagation.ts';
import { weightMirror, weightMirrorFeedback } from './weight-mirror.ts';

export const multilayerRules: readonly RuleDeclaration[] = [
  backpropagation,
  readoutOnly,
  feedbackAlignment,
  directFeedbackAlignment,
  uniformSignSymmetric,
  fixedSignSymmetric,
  redrawnSignSymmetric,
  kolenPollack,
  weightMirror,
  weightMirrorFeedback,
  nodePerturbation,
  weightPerturbation,
  targetPropagation,
  differenceTargetPropagation,
  reconstruction,
  directLinearFeedback,
  differenceReconstruction,
  localDifferenceReconstruction,
  localDifferenceFeedback,
  pepita,
  forwardForward,
];
