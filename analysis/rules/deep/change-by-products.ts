// Carries out an equation that can be taken apart, for a layer and a batch at once, as products of matrices; analysis process.
import { parameterValues, type RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { Equation } from '../../../common/learning-rule/equation.ts';
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { computeEquation, type Values } from '../../../common/learning-rule/vector-equation.ts';
import { Matrix } from '../base/matrix.ts';
import type { SeparableTerm, Side } from './separable-terms.ts';

/** By symbol, samples × neurons; one column is one number for all neurons. */
export type Activities = Readonly<Record<string, Matrix>>;

/** All values of one layer in one presentation, a bias being the last sender. */
export interface Presentation {
  readonly samples: number;
  readonly receivers: number;
  /** With the one of the bias. */
  readonly senders: number;
  /** samples × senders */
  readonly pre: Activities;
  /** samples × receivers */
  readonly post: Activities;
  /** receivers × senders, `w` among them */
  readonly own: Activities;
}

/** @returns the mean change, receivers × senders: the mean over samples of a product of a sender's and a receiver's part. */
export function changeByProducts(
  rule: ParsedRule,
  parameters: RuleParameters,
  { samples, receivers, senders, ...values }: Presentation,
  terms: readonly SeparableTerm[],
): Matrix {
  const constants: Readonly<Record<string, number>> = { ...parameterValues(rule, parameters), dt: 1 };
  const part = (side: Side, equation: Equation | undefined, rows: number, columns: number): Values =>
    equation === undefined
      ? 1
      : computeEquation(equation, rows * columns, (symbol) => {
          const value = constants[symbol] ?? values[side][symbol]?.values;
          if (value === undefined)
            throw new RangeError(`rule '${rule.declaration.name}' reads '${symbol}', which is not given`);
          return value;
        });
  const change = values.own['w']!.scaled(-1);
  for (const term of terms) {
    const own = part('own', term.own, receivers, senders);
    const pre = part('pre', term.pre, samples, senders);
    const post = part('post', term.post, samples, receivers);
    if (typeof pre === 'number' && typeof post === 'number') {
      // The same in every sample: exactly so, since what does not change must cancel.
      for (let index = 0; index < change.values.length; index++) change.values[index]! += pre * post * at(own, index);
      continue;
    }
    const product = full(post, samples, receivers).transposedTimes(full(pre, samples, senders)).values;
    for (let index = 0; index < change.values.length; index++)
      change.values[index]! += (product[index]! * at(own, index)) / samples;
  }
  return change;
}

const at = (values: Values, index: number) => (typeof values === 'number' ? values : values[index]!);

const full = (values: Values, rows: number, columns: number) =>
  new Matrix(rows, columns, typeof values === 'number' ? new Float64Array(rows * columns).fill(values) : values);
