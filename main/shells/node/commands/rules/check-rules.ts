// `exocortex rules check`: measures every check of the learning rules and its mutants. Main process of the plain-Node shell.
import { parseArgs } from 'node:util';
import type { CheckReport, RuleCheckReport } from '../../../../../common/rule-study/check-report.ts';
import type { ShellSetting } from '../../shell-setting.ts';
import { followAnalysis } from '../follow-analysis.ts';
import { shortNumber, textTable } from './text-table.ts';

/** @returns 0 when there are checks, all of which pass and catch every mutant; else 1. */
export async function checkRules(shell: ShellSetting, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { only: { type: 'string', multiple: true, default: [] }, json: { type: 'boolean', default: false } },
  });
  if (positionals.length > 0 && values.only.length === 0)
    throw new RangeError(`'${positionals.join(' ')}' stands behind 'rules check' without --only.`);
  const only = [...values.only, ...positionals].flatMap((each) => each.split(',')).filter((each) => each !== '');
  const outcome = await followAnalysis(shell, 'rules-check', only, values.json);
  if ('refusal' in outcome) {
    shell.printError(`${outcome.refusal.what}. ${outcome.refusal.cure}`);
    return 1;
  }
  const report = outcome.result;
  if (values.json) shell.print(JSON.stringify(report));
  else for (const line of checkLines(report)) shell.print(line);
  return isGood(report) ? 0 : 1;
}

const isGood = ({ tests, passed, mutants, killed }: RuleCheckReport) =>
  tests > 0 && passed === tests && killed === mutants;

export function checkLines(report: RuleCheckReport): string[] {
  const rows = report.checks.map(({ id, value, gate, passed, mutants, seconds }) => [
    id,
    shortNumber(value),
    gate,
    passed ? 'passed' : 'FAILED',
    `${mutants.filter(({ killed }) => killed).length} of ${mutants.length}`,
    `${(seconds + mutants.reduce((sum, mutant) => sum + mutant.seconds, 0)).toFixed(1)} s`,
  ]);
  const { tests, passed, mutants, killed, rules, seconds } = report;
  return [
    ...textTable([['CHECK', 'MEASURED', 'GATE', '', 'MUTANTS KILLED', 'TIME'], ...rows]),
    ...report.checks.flatMap(troubleLines),
    '',
    `${passed} of ${tests} checks of ${rules} rules passed, ${killed} of ${mutants} mutants were killed, in ${seconds.toFixed(1)} s.`,
  ];
}

/** What to look at in a check that failed or let a mutant live. */
function troubleLines({ id, title, passed, note, mutants }: CheckReport): string[] {
  const alive = mutants.filter(({ killed }) => !killed);
  if (passed && alive.length === 0) return [];
  return [
    '',
    `${id}: ${title}`,
    ...(passed ? [] : [`  is not so${note === undefined ? '' : `: ${note}`}`]),
    ...alive.map(({ name, value }) => `  lives: ${name} (measured ${shortNumber(value)})`),
  ];
}
