// Which tasks each rule can learn here, and which checks speak of it; analysis process.
import type { RulePlaces } from '../../common/rule-study/check-report.ts';
import type { RuleCheck } from './checks/check.ts';
import type { StudyKind } from './study/study-kind.ts';

/** @returns one entry for each rule that a study or a check knows, by name. */
export function rulePlaces(kinds: readonly StudyKind[], checks: readonly RuleCheck[]): RulePlaces[] {
  const names = new Set([
    ...kinds.flatMap(({ rules }) => rules.map(({ name }) => name)),
    ...checks.flatMap(({ rules }) => rules),
  ]);
  return [...names].sort().map((rule) => ({
    rule,
    tasks: kinds.filter(({ rules }) => rules.some(({ name }) => name === rule)).flatMap(({ tasks }) => tasks),
    checks: checks.filter(({ rules }) => rules.includes(rule)).map(({ id }) => id),
  }));
}
