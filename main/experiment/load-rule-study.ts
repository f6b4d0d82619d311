// Reads a study of learning rules and reports all that is wrong with it; used by the main process.
import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../common/contract/commands.ts';
import { catalogue } from '../../common/learning-rule/catalogue/catalogue.ts';
import type { RulePlaces } from '../../common/rule-study/check-report.ts';
import { decisivePartsOf } from '../../common/rule-study/decisive.ts';
import type { PreparedStudy } from '../../common/rule-study/prepared-study.ts';
import { type RuleStudy, ruleStudySchema } from '../../common/rule-study/study.ts';
import { checkRuleStudy } from './check-rule-study.ts';
import type { FileContent } from './file-content.ts';
import { readInput } from './input-file.ts';
import { ProblemList } from './problem-list.ts';
import { either } from './wording.ts';

export type LoadedRuleStudy =
  { ok: true; prepared: PreparedStudy; diagnostics: Diagnostic[] } | { ok: false; diagnostics: Diagnostic[] };

/**
 * Never throws for what is in the file.
 * @param places which tasks each rule can learn; left out, that is not checked
 * @param seeds in place of the file's own
 */
export async function loadRuleStudy(
  file: string,
  { places, seeds }: { places?: readonly RulePlaces[] | undefined; seeds?: number | undefined } = {},
): Promise<LoadedRuleStudy> {
  const problems = new ProblemList();
  const content = await readInput('rule-study', file, problems);
  if (content !== undefined) {
    checkRuleStudy(content, catalogue, problems);
    if (places !== undefined) checkPlaces(content, places, problems);
  }
  const diagnostics = problems.sorted();
  if (content === undefined || problems.hasErrors) return { ok: false, diagnostics };
  const parsed = ruleStudySchema.parse(content.value);
  const study = seeds === undefined ? parsed : { ...parsed, seeds };
  const hash = createHash('sha256').update(decisivePartsOf(study, catalogue)).digest('hex');
  return { ok: true, prepared: { hash, study }, diagnostics };
}

/** Whether each rule can learn the study's task, and reads there what is set of it. */
function checkPlaces(
  { value, tree }: FileContent<RuleStudy>,
  places: readonly RulePlaces[],
  problems: ProblemList,
): void {
  const task = value.task?.kind;
  if (task === undefined) return;
  const fit = places.filter(({ tasks }) => tasks.includes(task)).map(({ rule }) => rule);
  for (const [index, entry] of (value.rules ?? []).entries()) {
    const rule = entry?.rule;
    if (rule === undefined || !catalogue.some(({ name }) => name === rule)) continue;
    if (!fit.includes(rule)) {
      problems.error(
        tree.placeAt(['rules', index, 'rule']),
        `${rule} cannot learn the task ${task}`,
        fit.length === 0 ? 'Choose another task' : `Write ${either(fit)}`,
      );
      continue;
    }
    const unread = places.find((each) => each.rule === rule)?.unread?.[task] ?? [];
    for (const key of unread.filter((each) => entry?.parameters?.[each] !== undefined))
      problems.error(
        tree.placeAtKey(['rules', index, 'parameters', key]),
        `${key} of ${rule} does nothing in the task ${task}, whose network has its own`,
        `Remove ${key}`,
      );
  }
  checkSensitivityIsRead({ value, tree }, task, places, problems);
}

/** A parameter that no rule reads in the task would be multiplied for nothing. */
function checkSensitivityIsRead(
  { value, tree }: FileContent<RuleStudy>,
  task: string,
  places: readonly RulePlaces[],
  problems: ProblemList,
): void {
  const rules = (value.rules ?? []).flatMap((entry) => catalogue.find(({ name }) => name === entry?.rule) ?? []);
  for (const [index, key] of (value.sensitivity?.parameters ?? []).entries()) {
    const having = rules.filter(({ parameters }) => key !== undefined && Object.hasOwn(parameters, key));
    const isUnread = ({ name }: { name: string }) =>
      places.find(({ rule }) => rule === name)?.unread?.[task]?.includes(key ?? '') === true;
    if (having.length === 0 || !having.every(isUnread)) continue;
    problems.error(
      tree.placeAt(['sensitivity', 'parameters', index]),
      `${key} does nothing in the task ${task}, whose network has its own`,
      `Remove ${key}`,
    );
  }
}
