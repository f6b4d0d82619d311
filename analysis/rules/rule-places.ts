// Which tasks each rule can learn here, and which checks speak of it; analysis process.
import type { RulePlaces } from '../../common/rule-study/check-report.ts';
import type { RuleCheck } from './checks/check.ts';
import { readParameters, rulesFor, type StudyKind } from './study/study-kind.ts';

/** @returns one entry for each rule that a study or a check knows, by name. */
export function rulePlaces(kinds: readonly StudyKind[], checks: readonly RuleCheck[]): RulePlaces[] {
  const names = new Set([
    ...kinds.flatMap(({ rules }) => rules.map(({ name }) => name)),
    ...checks.flatMap(({ rules }) => rules),
  ]);
  return [...names].sort().map((rule) => ({
    rule,
    tasks: kinds.flatMap((kind) => kind.tasks.filter((task) => rulesFor(kind, task).some(({ name }) => name === rule))),
    ...unreadOf(kinds, rule),
    checks: checks.filter(({ rules }) => rules.includes(rule)).map(({ id }) => id),
  }));
}

/** Parameters that do nothing in some of the tasks. */
function unreadOf(kinds: readonly StudyKind[], name: string): Pick<RulePlaces, 'unread'> {
  const unread = kinds.flatMap((kind) =>
    kind.tasks.flatMap((task) => {
      const rule = rulesFor(kind, task).find((each) => each.name === name);
      if (rule === undefined) return [];
      const read = readParameters(kind, rule, task);
      const keys = Object.keys(rule.parameters).filter((key) => !Object.hasOwn(read, key));
      return keys.length === 0 ? [] : [[task, keys] as const];
    }),
  );
  return unread.length === 0 ? {} : { unread: Object.fromEntries(unread) };
}
