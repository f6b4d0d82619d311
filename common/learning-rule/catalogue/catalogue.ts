// Every learning rule that comes with the program.
import type { RuleDeclaration } from '../declaration.ts';
import { feedbackAlignment } from './feedback-alignment.ts';
import { pairStdp } from './pair-stdp.ts';

export const catalogue: readonly RuleDeclaration[] = [pairStdp, feedbackAlignment];
