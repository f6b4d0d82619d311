// How far a rule of equilibrium propagation is from the gradient at rest, for checks; analysis process.
import type { RuleDeclaration } from '../../../../common/learning-rule/declaration.ts';
import { relativeError, slope } from '../../base/vectors.ts';
import { symmetricCoupling } from '../../phases/coupled-network.ts';
import { oneSidedParts, rest } from '../../phases/equilibrium-propagation.ts';
import type { DeepRule } from '../../deep/deep-rule.ts';
import { descentAtRest } from './equilibrium-gradient.ts';
import { changesOf, type SmallProblem, smallProblem } from './small-problem.ts';

export const settled = { T: 2000, rest: 0 };
export const toRest = { settlingSteps: 2000, restTolerance: 1e-16 };
/** Coupled both ways, and still with one rest. */
export const coupled = () => smallProblem(8, [6, 10, 8, 3], 4, { scale: 0.6 });

/** @returns minus the gradient of the cost at rest with symmetric weights. */
export function wantedAtRest({ network, inputs, targets }: SmallProblem): Float64Array {
  const rates = rest(oneSidedParts, network, inputs, { kind: 'free' }, settled);
  return descentAtRest(network, symmetricCoupling(network), inputs, targets, rates, 'shared');
}

/** @returns the error of a rule's change to the gradient at rest, for each strength of nudging. */
export function errorsAt(
  rule: DeepRule,
  strengths: readonly number[],
  parameters: Readonly<Record<string, number>> = {},
  problem = coupled(),
): number[] {
  const wanted = wantedAtRest(problem);
  return strengths.map((nudging) =>
    relativeError(changesOf(rule, problem, { ...toRest, ...parameters, nudging }), wanted),
  );
}

export const slopeOf = (strengths: readonly number[], errors: readonly number[]) =>
  slope(strengths.map(Math.log), errors.map(Math.log));

export const withEquation = <P extends { readonly declaration: RuleDeclaration }>(parts: P, w: string): P => ({
  ...parts,
  declaration: { ...parts.declaration, on: { step: { w } } },
});
