// Checks what the schema of a learning rule cannot see: equations, symbols and units; used by the main process.
import { declarationOf, placeInFile, type RuleFile, ruleFileSchema } from '../../common/experiment/rule-file.ts';
import { checkFinite } from '../../common/learning-rule/finite/check-finite.ts';
import { parseRule, RuleError } from '../../common/learning-rule/parsed-rule.ts';
import { compileProgram, type RuleSetting } from '../../common/learning-rule/program/compile-program.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';

/** Where a rule compiles it compiles everywhere but for its parameters. */
const usual: RuleSetting = {
  parameters: {},
  stepMilliseconds: 0.5,
  weightUnit: 2 ** 16,
  restMillivolts: { sender: undefined, receiver: -70 },
};

/** @returns whether the rule can be used. */
export function checkRuleFile({ value, tree }: FileContent<RuleFile>, problems: ProblemList): boolean {
  const whole = ruleFileSchema.safeParse(value);
  // What is missing or of the wrong kind has been reported.
  if (!whole.success) return false;
  if (!areOrdered({ value: whole.data, tree }, problems)) return false;
  try {
    const rule = parseRule(declarationOf(whole.data));
    checkFinite(rule);
    compileProgram(rule, usual);
    return true;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    problems.error(tree.placeAt(placeInFile(whole.data, error.path)), error.message, error.cure);
    return false;
  }
}

/** Whether every range has a least value that is not above its largest, and what a parameter or a variable begins with lies within. */
function areOrdered(
  { value, tree }: { value: RuleFile; tree: FileContent<RuleFile>['tree'] },
  problems: ProblemList,
): boolean {
  let areAll = true;
  const complain = (path: readonly (string | number)[], what: string, cure: string) => {
    problems.error(tree.placeAt(path), what, cure);
    areAll = false;
  };
  for (const list of ['parameters', 'pre', 'post', 'thirdFactors', 'synapse'] as const) {
    for (const [index, each] of value[list].entries()) {
      if (!('min' in each)) continue;
      const { symbol, min, max } = each;
      const [key, first] =
        'default' in each
          ? (['default', each.default] as const)
          : 'initial' in each
            ? (['initial', each.initial] as const)
            : ['min', min];
      if (min > max)
        complain(
          [list, index, 'min'],
          `The least value of ${symbol}, ${min}, is above its largest, ${max}`,
          `Choose min up to ${max}`,
        );
      else if (first < min || first > max)
        complain(
          [list, index, key],
          `${key} of ${symbol} is ${first}, outside ${min} to ${max}`,
          `Choose ${min} to ${max}`,
        );
    }
  }
  return areAll;
}
