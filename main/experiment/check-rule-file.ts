// Checks what the schema of a learning rule cannot see: equations, symbols and units; used by the main process.
import { declarationOf, placeInFile, type RuleFile, ruleFileSchema } from '../../common/experiment/rule-file.ts';
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
  try {
    compileProgram(parseRule(declarationOf(whole.data)), usual);
    return true;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    problems.error(
      tree.placeAt(placeInFile(whole.data, error.path)),
      error.message,
      'Change the equation or what it reads',
    );
    return false;
  }
}
