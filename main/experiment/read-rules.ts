// Reads the laboratory's own learning rules that a network model names; used by the main process.
import type { OwnRule } from '../../common/experiment/checked-experiment.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import { type RuleFile, ruleFileSchema } from '../../common/experiment/rule-file.ts';
import { besideFile } from './beside-file.ts';
import { checkRuleFile } from './check-rule-file.ts';
import type { FileContent } from './file-content.ts';
import { readInput } from './input-file.ts';
import type { ProblemList } from './problem-list.ts';

/** A rule's file, or that it could not be read, which has been reported then. */
export interface ReadRule {
  /** As the network model names it. */
  readonly file: string;
  /** Undefined when anything in it is wrong. */
  readonly rule: RuleFile | undefined;
}

/** Each file once. */
export async function readRules(
  { value, tree }: FileContent<NetworkModel>,
  problems: ProblemList,
): Promise<ReadRule[]> {
  const rules: ReadRule[] = [];
  for (const [index, projection] of (value.projections ?? []).entries()) {
    const file = projection?.plasticity?.file;
    if (file === undefined || rules.some((rule) => rule.file === file)) continue;
    const place = tree.placeAt(['projections', index, 'plasticity', 'file']);
    const content = await readInput('learning-rule', besideFile(tree.file, file), problems, place);
    rules.push({ file, rule: content && checkedRule(content, problems) });
  }
  return rules;
}

function checkedRule(content: FileContent<RuleFile>, problems: ProblemList): RuleFile | undefined {
  return checkRuleFile(content, problems) ? ruleFileSchema.parse(content.value) : undefined;
}

/** Of a network without errors. */
export const wholeRules = (rules: readonly ReadRule[]): OwnRule[] =>
  rules.flatMap(({ file, rule }) => (rule === undefined ? [] : [{ file, rule }]));
