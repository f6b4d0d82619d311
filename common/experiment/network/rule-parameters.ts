// Parameters of a learning rule as they stand in the learning of a projection.
import type { RuleDeclaration } from '../../learning-rule/declaration.ts';
import type { Plasticity, ThirdFactorSource } from './plasticity.ts';
import { isWeight, weightKeys } from './weight-keys.ts';

/** @returns each given parameter by the key of its declaration, weights in mV or nS. */
export function ruleParameters(declaration: RuleDeclaration, plasticity: Plasticity): Record<string, number> {
  if (plasticity.parameters !== undefined)
    return Object.fromEntries(plasticity.parameters.map(({ key, value }) => [key, value]));
  return Object.fromEntries(
    Object.entries(declaration.parameters).flatMap(([key, parameter]) => {
      const keys = isWeight(parameter) ? Object.values(weightKeys(key)) : [key];
      const value = keys.map((each) => plasticity[each]).find((each) => typeof each === 'number');
      return typeof value === 'number' ? [[key, value]] : [];
    }),
  );
}

/** @returns where each third factor comes from, by its symbol. */
export function thirdFactorsOf({ thirdFactors }: Plasticity): Readonly<Record<string, ThirdFactorSource>> {
  if (!Array.isArray(thirdFactors)) return thirdFactors ?? {};
  return Object.fromEntries(thirdFactors.map((each) => [each.symbol, each]));
}
