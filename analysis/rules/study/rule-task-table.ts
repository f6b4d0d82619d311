// The table of rules and tasks in docs/learning-rules.md: where each rule is studied, and why not elsewhere; analysis process.
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import type { StudyTask } from '../../../common/rule-study/task.ts';
import type { StudyKind } from './study-kind.ts';
import { type Reason, reasons, whyNot } from './why-not.ts';

/** Tasks for which every rule has the same answer stand in one column. */
export function ruleTaskTable(catalogue: readonly RuleDeclaration[], kinds: readonly StudyKind[]): string {
  const columns = columnsOf(catalogue, kinds);
  const used = new Set<Reason>();
  const rows = catalogue.map((rule) => {
    const cells = columns.map(([task]) => {
      const reason = whyNot(rule, task!, kinds);
      if (reason !== undefined) used.add(reason);
      return reason ?? '**yes**';
    });
    return `| ${[rule.name, ...cells].join(' | ')} |`;
  });
  const header = ['Rule', ...columns.map((tasks) => tasks.join(', '))];
  return [
    `| ${header.join(' | ')} |`,
    `| ${header.map(() => '---').join(' | ')} |`,
    ...rows,
    '',
    ...Object.entries(reasons)
      .filter(([reason]) => used.has(reason as Reason))
      .map(([reason, words]) => `- _${reason}_: ${words}`),
  ].join('\n');
}

function columnsOf(catalogue: readonly RuleDeclaration[], kinds: readonly StudyKind[]): StudyTask['kind'][][] {
  const columns = new Map<string, StudyTask['kind'][]>();
  for (const task of kinds.flatMap(({ tasks }) => tasks)) {
    const answers = catalogue.map((rule) => whyNot(rule, task, kinds) ?? 'yes').join();
    columns.set(answers, [...(columns.get(answers) ?? []), task]);
  }
  return [...columns.values()];
}

const place = /(<!-- rules and tasks -->\n)[^]*?(\n<!-- end -->)/;

/** @returns the text with its table as the catalogue and the studies have it now. */
export const replaceRuleTaskTable = (text: string, table: string): string =>
  text.replace(place, (_, before: string, after: string) => `${before}\n${table}\n${after}`);
