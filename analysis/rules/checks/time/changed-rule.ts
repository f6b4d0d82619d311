// Makes mutants of declarations: the same rule with some of its equations replaced; analysis process.
import type { Assignments, RuleDeclaration } from '../../../../common/learning-rule/declaration.ts';
import { type ParsedRule, parseRule } from '../../../../common/learning-rule/parsed-rule.ts';

/** @param step what becomes of w and of the variables of the synapse; those that are left out stay as declared */
export function withStep({ declaration }: ParsedRule, step: Assignments): ParsedRule {
  return parseRule({ ...declaration, on: { ...declaration.on, step: { ...declaration.on.step, ...step } } });
}

/** Replaces a part of the text of every equation of a step. @throws RangeError when no equation has it. */
export function withReplaced({ declaration }: ParsedRule, part: string, by: string): ParsedRule {
  const step = Object.entries(declaration.on.step ?? {});
  if (!step.some(([, text]) => text.includes(part)))
    throw new RangeError(`no equation of '${declaration.name}' has '${part}'`);
  const replaced: RuleDeclaration = {
    ...declaration,
    on: {
      ...declaration.on,
      step: Object.fromEntries(step.map(([symbol, text]) => [symbol, text.replaceAll(part, by)])),
    },
  };
  return parseRule(replaced);
}
