// `exocortex rules list`: the catalogue of learning rules. Main process of the plain-Node shell.
import { parseArgs } from 'node:util';
import { catalogue } from '../../../../../common/learning-rule/catalogue/catalogue.ts';
import type { RuleDeclaration } from '../../../../../common/learning-rule/declaration.ts';
import { localityClasses, localityOf, localityWords } from '../../../../../common/learning-rule/locality.ts';
import type { RulePlaces } from '../../../../../common/rule-study/check-report.ts';
import { runAnalysis } from '../../../../application/run-analysis.ts';
import type { ShellSetting } from '../../shell-setting.ts';
import { textTable } from './text-table.ts';

/** Where a rule can be used. @param places what the analysis program says of it */
export function whereItRuns({ name, form }: RuleDeclaration, places: readonly RulePlaces[]): string[] {
  const tasks = places.find(({ rule }) => rule === name)?.tasks ?? [];
  return [...(form === 'spiking' ? ['population'] : []), ...(tasks.length > 0 ? ['studies'] : [])];
}

export async function listRules(shell: ShellSetting, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const outcome = await runAnalysis(shell.platform, 'rules-list', [], () => {});
  if ('refusal' in outcome) {
    shell.printError(`${outcome.refusal.what}. ${outcome.refusal.cure}`);
    return 1;
  }
  const listed = catalogue.map((declaration) => ({
    name: declaration.name,
    title: declaration.title,
    locality: localityOf(declaration),
    form: declaration.form,
    runs: whereItRuns(declaration, outcome.result),
    tasks: outcome.result.find(({ rule }) => rule === declaration.name)?.tasks ?? [],
    checks: outcome.result.find(({ rule }) => rule === declaration.name)?.checks ?? [],
  }));
  if (values.json) {
    shell.print(JSON.stringify(listed));
    return 0;
  }
  const rows = listed.map(({ name, title, locality, form, runs, checks }) => [
    name,
    title,
    locality,
    form,
    runs.join(', '),
    String(checks.length),
  ]);
  for (const line of textTable([['RULE', 'TITLE', 'CLASS', 'FORM', 'RUNS IN', 'CHECKS'], ...rows])) shell.print(line);
  shell.print('');
  shell.print('What a synapse must know in each class:');
  for (const each of localityClasses) shell.print(`  ${each}  ${localityWords[each]}`);
  return 0;
}
