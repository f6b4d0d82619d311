// The parameters of a rule that its dynamics need, by their symbols; analysis process.
import { parameterValues, type RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';

/** The most steps of settling, and the greatest change in a step of a network at rest. */
export interface RestSettings {
  readonly T: number;
  readonly rest: number;
}

/** @throws RangeError when the rule has no such parameter. */
export function settingsOf<S extends string>(
  rule: ParsedRule,
  parameters: RuleParameters,
  symbols: readonly S[],
): Readonly<Record<S, number>> {
  const values = parameterValues(rule, parameters);
  const found: Partial<Record<S, number>> = {};
  for (const symbol of symbols) {
    const value = values[symbol];
    if (value === undefined) throw new RangeError(`rule '${rule.declaration.name}' has no parameter '${symbol}'`);
    found[symbol] = value;
  }
  return found as Record<S, number>;
}
