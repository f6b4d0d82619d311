// One parameter of a learning rule, as it was set or as it is when nobody sets it.
import type { RuleParameters } from './apply-rule.ts';
import type { RuleDeclaration } from './declaration.ts';

/** @returns the value of the parameter with this key, in its declared unit. @throws RangeError when the rule has none such. */
export function parameterValue({ name, parameters }: RuleDeclaration, given: RuleParameters, key: string): number {
  const standard = parameters[key]?.default;
  if (standard === undefined) throw new RangeError(`rule '${name}' has no parameter '${key}'`);
  return given[key] ?? standard;
}
