// Turns the learning of a projection into whole numbers; simulation process.
import { catalogue } from '../../common/learning-rule/catalogue/catalogue.ts';
import type { OwnRule } from '../../common/experiment/checked-experiment.ts';
import { declarationOf } from '../../common/experiment/rule-file.ts';
import { parseRule, type ParsedRule } from '../../common/learning-rule/parsed-rule.ts';
import type { Plasticity } from '../../common/experiment/network/plasticity.ts';
import { ruleParameters } from '../../common/experiment/network/rule-parameters.ts';
import {
  type CompiledProgram,
  compileProgram,
  type RuleSetting,
} from '../../common/learning-rule/program/compile-program.ts';

export interface CompiledRule extends CompiledProgram {
  /** What arrives is the weight times this: −1 where the sizes of inhibitory weights in mV learn. */
  readonly sign: 1 | -1;
  /** Where the numbers of each factor begin among the signals of a tick. */
  readonly factorStarts: readonly number[];
  /** Which of the signals of a tick says whether the projection learns: 0 while it is frozen, else 1. */
  readonly gateAt: number;
}

/** The rule of a projection: the catalogue's, or what stands in the laboratory's own file. @throws RuleError, RangeError */
export function ruleOf({ rule, file }: Pick<Plasticity, 'rule' | 'file'>, ownRules: readonly OwnRule[]): ParsedRule {
  if (file !== undefined) {
    const own = ownRules.find((each) => each.file === file);
    if (own === undefined) throw new RangeError(`the learning rule in '${file}' did not come with the network`);
    return parseRule(declarationOf(own.rule));
  }
  const found = catalogue.find(({ name }) => name === rule);
  if (found === undefined) throw new RangeError(`there is no learning rule '${rule}'`);
  return parseRule(found);
}

/** @throws RuleError */
export function compileRule(
  plasticity: Plasticity,
  setting: Omit<RuleSetting, 'parameters'>,
  ownRules: readonly OwnRule[] = [],
): CompiledProgram {
  const rule = ruleOf(plasticity, ownRules);
  return compileProgram(rule, { ...setting, parameters: ruleParameters(rule.declaration, plasticity) });
}
