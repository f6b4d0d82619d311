// Takes the equation of a weight apart into products of what senders, receivers and synapses do, so that a whole batch is a product of matrices; analysis process.
import { type Equation, symbolsOf } from '../../../common/learning-rule/equation.ts';
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';

/** Whose symbols a factor reads; parameters belong to everybody. */
export type Side = 'pre' | 'post' | 'own';

/** A product; a side that is left out is 1. */
export interface SeparableTerm {
  readonly pre?: Equation;
  readonly post?: Equation;
  readonly own?: Equation;
}

type Product = readonly Equation[];

const known = new WeakMap<ParsedRule, { readonly terms: readonly SeparableTerm[] | undefined }>();

/** `separableTerms`, worked out once for each rule. */
export function separated(rule: ParsedRule): readonly SeparableTerm[] | undefined {
  const before = known.get(rule) ?? { terms: separableTerms(rule) };
  known.set(rule, before);
  return before.terms;
}

/**
 * @returns the terms whose sum is the new weight; undefined for a rule whose equation cannot be taken apart: it has
 * bounds, which hold in each presentation, or a function of senders and receivers together.
 */
export function separableTerms(rule: ParsedRule): readonly SeparableTerm[] | undefined {
  const equation = rule.events.step?.find(({ symbol }) => symbol === 'w')?.equation;
  if (equation === undefined || rule.minimum !== undefined || rule.maximum !== undefined) return undefined;
  const sideOf = sidesOf(rule);
  return products(equation, sideOf)?.map((product) => {
    const term: Partial<Record<Side, Equation>> = {};
    for (const factor of product) {
      const found = sideOf(factor);
      // No factor is mixed any more, and parameters go anywhere.
      const side = found === undefined || found === 'mixed' ? 'own' : found;
      const before = term[side];
      term[side] = before === undefined ? factor : { kind: 'binary', operator: '*', left: before, right: factor };
    }
    return term;
  });
}

type SideOf = (equation: Equation) => Side | 'mixed' | undefined;

function sidesOf({ declaration }: ParsedRule): SideOf {
  const side = new Map<string, Side>([
    ['w', 'own'],
    ...Object.keys(declaration.synapse).map((symbol) => [symbol, 'own'] as const),
    ...Object.keys(declaration.pre).map((symbol) => [symbol, 'pre'] as const),
    ...[...Object.keys(declaration.post), ...Object.keys(declaration.thirdFactors)].map(
      (symbol) => [symbol, 'post'] as const,
    ),
  ]);
  return (equation) => {
    const sides = new Set([...symbolsOf(equation)].flatMap((symbol) => side.get(symbol) ?? []));
    return sides.size > 1 ? 'mixed' : [...sides][0];
  };
}

/** @returns products whose factors each read one side only; undefined where there are none. */
function products(equation: Equation, sideOf: SideOf): readonly Product[] | undefined {
  if (sideOf(equation) !== 'mixed') return [[equation]];
  if (equation.kind === 'negative') return negative(products(equation.of, sideOf));
  if (equation.kind !== 'binary') return undefined;
  const left = products(equation.left, sideOf);
  const right = products(equation.right, sideOf);
  if (left === undefined || right === undefined) return undefined;
  switch (equation.operator) {
    case '+':
      return [...left, ...right];
    case '-':
      return [...left, ...(negative(right) ?? [])];
    case '*':
      return left.flatMap((a) => right.map((b) => [...a, ...b]));
    case '/':
      // A sum below the line stays whole.
      return right.length === 1 ? left.map((a) => [...a, ...right[0]!.map(inverse)]) : undefined;
    default:
      return undefined;
  }
}

const negative = (all: readonly Product[] | undefined) =>
  all?.map((product): Product => [{ kind: 'number', value: -1 }, ...product]);

const inverse = (equation: Equation): Equation => ({
  kind: 'binary',
  operator: '/',
  left: { kind: 'number', value: 1 },
  right: equation,
});
