// Every rule that multilayer networks can be studied with; one line for each list of rules; analysis process.
import type { DeepRule } from '../deep/deep-rule.ts';
import { deepFeedbackRules } from '../deep/feedback-rules.ts';
import { phaseRules } from '../phases/phase-rules.ts';

export const deepRules: readonly DeepRule[] = [...deepFeedbackRules, ...phaseRules];
