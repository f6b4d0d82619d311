// Carries out the declared equation of a rate rule on all synapses of a layer; analysis process.
import { applyRule, type RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { LayerChange } from './deep-rule.ts';
import type { Layer } from './multilayer-network.ts';
import { type Activities, changeByProducts, type Presentation } from './change-by-products.ts';
import { separated } from './separable-terms.ts';

/** Weights and biases, or a variable of the synapses beside the weight. */
export type OfSynapses = Pick<Layer, 'weights' | 'biases'>;

/**
 * @param pre what senders do, by the symbols of the rule. @param post what receivers do and get: own values and third factors
 * @param own variables of synapses, if the rule has any; they stay as they are
 * @returns the change of each weight, and of each bias as a synapse from a sender whose every value is 1; mean over samples.
 * @throws RangeError for a symbol that is declared, read and not given.
 */
export function synapticChange(
  rule: ParsedRule,
  parameters: RuleParameters,
  layer: OfSynapses,
  pre: Activities,
  post: Activities,
  own: Readonly<Record<string, OfSynapses>> = {},
): LayerChange {
  const receivers = layer.weights.rows;
  const senders = layer.weights.columns + 1;
  const presentation: Presentation = {
    samples: Object.values({ ...pre, ...post })[0]?.rows ?? 1,
    receivers,
    senders,
    pre: each(pre, (values) => beside(spread(values, senders - 1), 1)),
    post: each(post, (values) => spread(values, receivers)),
    own: each({ ...own, w: layer }, ({ weights, biases }) => beside(weights, biases)),
  };
  const terms = separated(rule);
  const changed =
    terms === undefined
      ? changeBySynapse(rule, parameters, presentation)
      : changeByProducts(rule, parameters, presentation, terms);
  return apart(changed);
}

function each<F, T>(all: Readonly<Record<string, F>>, change: (value: F) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(all).map(([symbol, value]) => [symbol, change(value)]));
}

const spread = (matrix: Matrix, columns: number) =>
  matrix.columns === columns
    ? matrix
    : new Matrix(matrix.rows, columns).map((_, index) => matrix.values[Math.floor(index / columns)]!);

/** A matrix with one more column. */
function beside({ rows, columns, values }: Matrix, last: number | Float64Array): Matrix {
  const out = new Matrix(rows, columns + 1);
  for (let row = 0, from = 0, to = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) out.values[to++] = values[from++]!;
    out.values[to++] = typeof last === 'number' ? last : last[row]!;
  }
  return out;
}

/** A matrix without its last column, and that column. */
function apart({ rows, columns, values }: Matrix): LayerChange {
  const weights = new Matrix(rows, columns - 1);
  const biases = new Float64Array(rows);
  for (let row = 0, from = 0, to = 0; row < rows; row++) {
    for (let column = 0; column < columns - 1; column++) weights.values[to++] = values[from++]!;
    biases[row] = values[from++]!;
  }
  return { weights, biases };
}

/** One receiver in one sample at a time: slow, and right for any equation. */
function changeBySynapse(rule: ParsedRule, parameters: RuleParameters, presentation: Presentation): Matrix {
  const { samples, receivers, senders, pre, post, own } = presentation;
  const sum = new Matrix(receivers, senders);
  for (let sample = 0; sample < samples; sample++) {
    for (let receiver = 0; receiver < receivers; receiver++) {
      const values = {
        dt: 1,
        ...each(own, (matrix) => matrix.row(receiver)),
        ...each(pre, (matrix) => matrix.row(sample)),
        ...each(post, (matrix) => matrix.row(sample)[receiver]!),
      };
      const after = applyRule(rule, 'step', parameters, values, senders)?.['w'];
      if (after === undefined) continue;
      const [w, into] = [own['w']!.row(receiver), sum.row(receiver)];
      for (let sender = 0; sender < senders; sender++)
        into[sender]! += ((typeof after === 'number' ? after : after[sender]!) - w[sender]!) / samples;
    }
  }
  return sum;
}

/** Adds changes to the weights and biases of a layer. */
export function addChange(layer: OfSynapses, change: LayerChange): void {
  const add = (to: Float64Array, values: Float64Array) => {
    for (let index = 0; index < to.length; index++) to[index]! += values[index]!;
  };
  add(layer.weights.values, change.weights.values);
  add(layer.biases, change.biases);
}
