// Carries out the declared equation of a rate rule on all synapses of a layer; analysis process.
import { applyRule, type RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import type { LayerChange } from './deep-rule.ts';
import type { Layer } from './multilayer-network.ts';

/** By symbol, samples × neurons. */
export type Activities = Readonly<Record<string, Matrix>>;

/**
 * @param pre what senders do, by the symbols of the rule. @param post what receivers do and get: own values and third factors
 * @returns the change of each weight, and of each bias as a synapse from a sender whose every value is 1; mean over samples.
 */
export function synapticChange(
  rule: ParsedRule,
  parameters: RuleParameters,
  { weights, biases }: Layer,
  pre: Activities,
  post: Activities,
): LayerChange {
  const samples = Object.values(post)[0]!.rows;
  const senders = weights.columns;
  const sum = new Matrix(weights.rows, senders);
  const biasSum = new Float64Array(weights.rows);
  /** Weights of a receiver with its bias behind them. */
  const w = new Float64Array(senders + 1);
  const ofSenders = Object.entries(pre).map(([symbol, { values, columns }]) => ({
    symbol,
    values,
    columns,
    row: new Float64Array(senders + 1).fill(1),
  }));
  const values: Record<string, Float64Array | number> = { w, dt: 1 };
  for (const { symbol, row } of ofSenders) values[symbol] = row;
  for (let sample = 0; sample < samples; sample++) {
    for (const { values: from, columns, row } of ofSenders)
      row.set(from.subarray(sample * columns, (sample + 1) * columns));
    for (let receiver = 0; receiver < weights.rows; receiver++) {
      w.set(weights.row(receiver));
      w[senders] = biases[receiver]!;
      for (const symbol in post) values[symbol] = post[symbol]!.values[sample * weights.rows + receiver]!;
      const after = applyRule(rule, 'step', parameters, values, senders + 1)?.['w'];
      if (!(after instanceof Float64Array)) continue;
      const into = sum.row(receiver);
      for (let sender = 0; sender < senders; sender++) into[sender]! += after[sender]! - w[sender]!;
      biasSum[receiver]! += after[senders]! - w[senders]!;
    }
  }
  return { weights: sum.scaled(1 / samples), biases: biasSum.map((each) => each / samples) };
}

/** Adds changes to the weights and biases of a layer. */
export function addChange(layer: Layer, change: LayerChange): void {
  const add = (to: Float64Array, values: Float64Array) => {
    for (let index = 0; index < to.length; index++) to[index]! += values[index]!;
  };
  add(layer.weights.values, change.weights.values);
  add(layer.biases, change.biases);
}
