// Every learning rule that kernels are written for.
import { pairStdp } from './pair-stdp.ts';
import type { RuleModel } from './rule-model.ts';

export const ruleModels: readonly RuleModel[] = [pairStdp];
