// Every check of every learning rule; one line for each area; analysis process.
import type { RuleCheck } from './check.ts';
import { deepChecks } from './deep/deep-checks.ts';
import { localChecks } from './local/local-checks.ts';
import { phasesChecks } from './phases/phases-checks.ts';
import { timeChecks } from './time/time-checks.ts';

export const allChecks: readonly RuleCheck[] = [...localChecks, ...deepChecks, ...phasesChecks, ...timeChecks];
