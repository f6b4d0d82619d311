// Carries a declared rule through time on all synapses of a network, receiver by receiver and without allocation; analysis process.
import { parameterValues, type RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { ParsedRule, RuleEvent } from '../../../common/learning-rule/parsed-rule.ts';
import { computeEquation } from '../../../common/learning-rule/vector-equation.ts';
import { type CompiledEquation, compileEquation, type RowReads } from './row-equation.ts';

/** By symbol: one value for each sender, each receiver, or one for all synapses. */
export interface RowValues {
  readonly ofSenders: Readonly<Record<string, Float64Array>>;
  readonly ofReceivers: Readonly<Record<string, Float64Array>>;
  /** receivers × senders; of rules that know what no synapse can. */
  readonly ofSynapses?: Readonly<Record<string, Float64Array>>;
}

interface Change {
  readonly rows: readonly Float64Array[];
  readonly compiled: CompiledEquation;
  readonly isWeight: boolean;
}

/**
 * What `applyRule` would do, for synapses that form a table of receivers and senders. The arrays in `values` are looked
 * at anew in each step: write the activity of the step into them.
 */
export class SynapseRows {
  readonly receivers: number;
  readonly senders: number;
  /** receivers × senders */
  readonly weights: Float64Array<ArrayBuffer>;
  /** Variables of the synapses by symbol, receivers × senders. */
  readonly variables: Readonly<Record<string, Float64Array>>;
  readonly #rule: ParsedRule;
  readonly #changes: readonly Change[];
  readonly #low: number;
  readonly #high: number;
  #receiver = 0;

  /**
   * @param dtMilliseconds length of a step
   * @throws RangeError for a symbol that the rule reads and nobody gives.
   */
  constructor(
    rule: ParsedRule,
    parameters: RuleParameters,
    values: RowValues,
    receivers: number,
    senders: number,
    dtMilliseconds: number,
    event: RuleEvent = 'step',
  ) {
    this.#rule = rule;
    this.receivers = receivers;
    this.senders = senders;
    this.weights = new Float64Array(receivers * senders);
    const symbols = Object.keys(rule.declaration.synapse);
    this.variables = Object.fromEntries(symbols.map((symbol) => [symbol, new Float64Array(receivers * senders)]));
    const rowsOf = (all: Float64Array) =>
      Array.from({ length: receivers }, (_, row) => all.subarray(row * senders, (row + 1) * senders));
    const rows: Record<string, Float64Array[]> = { w: rowsOf(this.weights) };
    for (const symbol of symbols) rows[symbol] = rowsOf(this.variables[symbol]!);
    for (const [symbol, all] of Object.entries(values.ofSynapses ?? {})) rows[symbol] = rowsOf(all);
    const constants: Record<string, number> = { ...parameterValues(rule, parameters), dt: dtMilliseconds };
    const reads: RowReads = (symbol) => {
      const constant = constants[symbol];
      if (constant !== undefined) return { constant };
      const row = rows[symbol];
      if (row !== undefined) return { array: () => row[this.#receiver]! };
      const ofSenders = values.ofSenders[symbol];
      if (ofSenders !== undefined) return { array: () => ofSenders };
      const ofReceivers = values.ofReceivers[symbol];
      if (ofReceivers !== undefined) return { number: () => ofReceivers[this.#receiver]! };
      throw new RangeError(`rule '${rule.declaration.name}' reads '${symbol}', which is not given`);
    };
    this.#changes = (rule.events[event] ?? []).map(({ symbol, equation }) => ({
      rows: rows[symbol]!,
      compiled: compileEquation(equation, senders, reads),
      isWeight: symbol === 'w',
    }));
    const bound = (equation: ParsedRule['minimum'], none: number) =>
      equation === undefined ? none : (computeEquation(equation, 1, (symbol) => constants[symbol]!) as number);
    this.#low = bound(rule.minimum, -Infinity);
    this.#high = bound(rule.maximum, Infinity);
    this.forget();
  }

  /** Brings the variables of all synapses to what they are at first; weights stay. */
  forget(): void {
    for (const [symbol, { initial }] of Object.entries(this.#rule.declaration.synapse))
      this.variables[symbol]!.fill(initial);
  }

  /** One event on all synapses. */
  step(): void {
    for (this.#receiver = 0; this.#receiver < this.receivers; this.#receiver++) {
      for (const { compiled } of this.#changes) compiled.compute();
      for (const { rows, compiled, isWeight } of this.#changes) {
        const row = rows[this.#receiver]!;
        compiled.writeTo(row);
        if (isWeight && (this.#low > -Infinity || this.#high < Infinity)) this.#bound(row);
      }
    }
  }

  #bound(row: Float64Array): void {
    for (let index = 0; index < row.length; index++)
      row[index] = Math.min(this.#high, Math.max(this.#low, row[index]!));
  }
}
