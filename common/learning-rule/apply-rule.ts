// Applies a learning rule to synapses in double precision, as its equations say; it can read nothing but what the rule declares.
import type { ParsedRule, RuleEvent } from './parsed-rule.ts';
import { symbolsOf } from './equation.ts';
import { scaleOf } from './dimension.ts';
import { computeEquation, type Values } from './vector-equation.ts';

/** Parameters by their keys in files, in their declared units. */
export type RuleParameters = Readonly<Record<string, number>>;

/**
 * @param values of every symbol that the event reads except parameters: `w`, the synapse's variables, pre, post, third factors, `dt`
 * @param length how many synapses
 * @returns the new values of what the event assigns, by symbol; `w` within its bounds. Undefined: the rule has no such event.
 * @throws RangeError for a symbol that is declared, read and not given.
 */
export function applyRule(
  rule: ParsedRule,
  event: RuleEvent,
  parameters: RuleParameters,
  values: Readonly<Record<string, Values>>,
  length: number,
): Readonly<Record<string, Values>> | undefined {
  const assignments = rule.events[event];
  if (assignments === undefined) return undefined;
  const constants = parameterValues(rule, parameters);
  const read = (symbol: string): Values => {
    const value = constants[symbol] ?? values[symbol];
    if (value === undefined)
      throw new RangeError(`rule '${rule.declaration.name}' reads '${symbol}', which is not given`);
    return value;
  };
  const after: Record<string, Values> = {};
  for (const { symbol, equation } of assignments) {
    const computed = computeEquation(equation, length, read);
    after[symbol] = symbol === 'w' ? bounded(rule, computed, read) : computed;
  }
  return after;
}

/** Rules are applied many times with the same parameters. */
const known = new WeakMap<ParsedRule, WeakMap<RuleParameters, Readonly<Record<string, number>>>>();

/**
 * @param given must not change from one call to the next: a change of parameters is another object
 * @returns each parameter by its symbol, in ms, mV, nS and w; those that are not given at their defaults.
 */
export function parameterValues(rule: ParsedRule, given: RuleParameters): Readonly<Record<string, number>> {
  const ofRule = known.get(rule) ?? new WeakMap<RuleParameters, Readonly<Record<string, number>>>();
  known.set(rule, ofRule);
  const values =
    ofRule.get(given) ??
    Object.fromEntries(
      Object.entries(rule.declaration.parameters).map(([key, { symbol, unit, default: standard }]) => [
        symbol,
        (given[key] ?? standard) * scaleOf(unit),
      ]),
    );
  ofRule.set(given, values);
  return values;
}

/** @returns the symbols that an event reads, parameters among them. */
export function readsOf(rule: ParsedRule, event: RuleEvent): ReadonlySet<string> {
  return new Set((rule.events[event] ?? []).flatMap(({ equation }) => [...symbolsOf(equation)]));
}

function bounded({ minimum, maximum }: ParsedRule, weights: Values, read: (symbol: string) => Values): Values {
  const low = minimum === undefined ? -Infinity : (computeEquation(minimum, 1, read) as number);
  const high = maximum === undefined ? Infinity : (computeEquation(maximum, 1, read) as number);
  if (low === -Infinity && high === Infinity) return weights;
  const bring = (weight: number) => Math.min(high, Math.max(low, weight));
  if (typeof weights === 'number') return bring(weights);
  const out = new Float64Array(weights.length);
  for (let i = 0; i < out.length; i++) out[i] = bring(weights[i]!);
  return out;
}
