// Rules for multilayer networks that learn from phases, predictions and second compartments; analysis process.
import type { DeepRule } from '../deep/deep-rule.ts';
import { burstParts, burstRule } from './burst-ensemble.ts';
import { contrastiveRule, movellanParts, weakFeedbackParts } from './contrastive-hebbian.ts';
import { equilibriumRule, oneSidedParts, twoSidedParts } from './equilibrium-propagation.ts';
import { holomorphicParts, holomorphicRule } from './holomorphic-equilibrium-propagation.ts';
import { microcircuitRule, microcircuitRuleParts } from './microcircuit-rule.ts';
import {
  fixedVariant,
  incrementalVariant,
  nudgedVariant,
  predictiveRule,
  strictVariant,
} from './predictive-coding-rules.ts';
import { vectorFieldParts, vectorFieldRule } from './vector-field-equilibrium-propagation.ts';

export const phaseRules: readonly DeepRule[] = [
  predictiveRule(strictVariant),
  predictiveRule(fixedVariant),
  predictiveRule(nudgedVariant),
  predictiveRule(incrementalVariant),
  equilibriumRule(oneSidedParts),
  equilibriumRule(twoSidedParts),
  holomorphicRule(holomorphicParts),
  vectorFieldRule(vectorFieldParts),
  contrastiveRule(movellanParts),
  contrastiveRule(weakFeedbackParts),
  microcircuitRule(microcircuitRuleParts),
  burstRule(burstParts),
];
