// `exocortex rules compare`: runs a study of learning rules, or goes on with it. Main process of the plain-Node shell.
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatDiagnostic } from '../../../../../common/experiment/diagnostic.ts';
import { prepareStudyFolder } from '../../../../application/prepare-study-folder.ts';
import { runAnalysis } from '../../../../application/run-analysis.ts';
import { loadRuleStudy } from '../../../../experiment/load-rule-study.ts';
import type { ShellSetting } from '../../shell-setting.ts';
import { followAnalysis } from '../follow-analysis.ts';
import { outcomeLines, outcomeSummary } from './study-outcome.ts';

/** @returns 0 when the study is done and meets what it expects, 1 when not, 2 for a bad file or a folder of another study. */
export async function compareRules(shell: ShellSetting, args: string[]): Promise<number> {
  const { file, folder, seeds, isJson } = readArguments(args);
  const places = await runAnalysis(shell.platform, 'rules-list', [], () => {});
  if ('refusal' in places) return refuse(shell, places.refusal, 1);
  const loaded = await loadRuleStudy(file, { places: places.result, seeds });
  for (const diagnostic of loaded.diagnostics) shell.printError(formatDiagnostic(diagnostic));
  if (!loaded.ok) {
    if (isJson) shell.print(JSON.stringify({ file, diagnostics: loaded.diagnostics }));
    return 2;
  }
  const problem = await prepareStudyFolder(folder, loaded.prepared, {
    otherVersion: 'Name another folder with --out, or remove this one.',
    notWritable: 'Name another folder with --out.',
  });
  if (problem !== undefined) return refuse(shell, problem, 2);
  const outcome = await followAnalysis(shell, 'rules-compare', [folder], isJson);
  if ('refusal' in outcome) {
    const code = refuse(shell, outcome.refusal, 1);
    shell.printError(`What is done is in ${folder}; the same command goes on with it.`);
    return code;
  }
  if (isJson) shell.print(JSON.stringify(outcomeSummary(outcome.result)));
  else for (const line of outcomeLines(outcome.result)) shell.print(line);
  return outcome.result.results.gates.every(({ isMet }) => isMet) ? 0 : 1;
}

function readArguments(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, seeds: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new RangeError("'rules compare' takes one study file.");
  const seeds = values.seeds === undefined ? undefined : Number(values.seeds);
  if (seeds !== undefined && !(Number.isInteger(seeds) && seeds >= 1 && seeds <= 1000))
    throw new RangeError(`--seeds is a whole number from 1 to 1000, not '${values.seeds ?? ''}'.`);
  const folder = resolve(values.out ?? join('studies', basename(file).replace(/\.[^.]*$/, '')));
  return { file, folder, seeds, isJson: values.json };
}

function refuse(shell: ShellSetting, { what, cure }: { what: string; cure: string }, code: number): number {
  shell.printError(`${what.replace(/\.$/, '')}. ${cure}`);
  return code;
}
