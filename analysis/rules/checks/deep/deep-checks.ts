// All checks of the rules for multilayer rate networks; analysis process.
import type { RuleCheck } from '../check.ts';
import { behaviourChecks } from './behaviour.checks.ts';
import { feedbackAlignmentChecks } from './feedback-alignment.checks.ts';
import { forwardOnlyChecks } from './forward-only.checks.ts';
import { gradientChecks } from './gradient.checks.ts';
import { kolenPollackChecks } from './kolen-pollack.checks.ts';
import { localityChecks } from './locality.checks.ts';
import { permutationChecks } from './permutation.checks.ts';
import { perturbationChecks } from './perturbation.checks.ts';
import { signSymmetricChecks } from './sign-symmetric.checks.ts';
import { targetPropagationChecks } from './target-propagation.checks.ts';

export const deepChecks: readonly RuleCheck[] = [
  ...gradientChecks,
  ...localityChecks,
  ...permutationChecks,
  ...feedbackAlignmentChecks,
  ...signSymmetricChecks,
  ...kolenPollackChecks,
  ...perturbationChecks,
  ...targetPropagationChecks,
  ...forwardOnlyChecks,
  ...behaviourChecks,
];
