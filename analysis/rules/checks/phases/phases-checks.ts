// All checks of rules that learn from phases, predictions and second compartments; analysis process.
import type { RuleCheck } from '../check.ts';
import { burstChecks } from './burst.checks.ts';
import { contrastiveHebbianChecks } from './contrastive-hebbian.checks.ts';
import { dendriticLocalityChecks } from './dendritic-locality.checks.ts';
import { dendriticPredictionChecks } from './dendritic-prediction.checks.ts';
import { equilibriumPropagationChecks } from './equilibrium-propagation.checks.ts';
import { equilibriumVariantChecks } from './equilibrium-variants.checks.ts';
import { localityChecks } from './locality.checks.ts';
import { microcircuitChecks } from './microcircuit.checks.ts';
import { predictiveCodingChecks } from './predictive-coding.checks.ts';
import { predictiveVariantChecks } from './predictive-variants.checks.ts';
import { referenceGradientChecks } from './reference-gradient.checks.ts';
import { descentChecks, zeroSignalChecks } from './zero-signal.checks.ts';

export const phasesChecks: readonly RuleCheck[] = [
  ...referenceGradientChecks,
  ...predictiveCodingChecks,
  ...predictiveVariantChecks,
  ...equilibriumPropagationChecks,
  ...equilibriumVariantChecks,
  ...contrastiveHebbianChecks,
  ...dendriticPredictionChecks,
  ...microcircuitChecks,
  ...burstChecks,
  ...zeroSignalChecks,
  ...descentChecks,
  ...localityChecks,
  ...dendriticLocalityChecks,
];
