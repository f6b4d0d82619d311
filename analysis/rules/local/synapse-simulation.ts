// Simulates synapses under a declared rule in double precision, driven by given spikes, potentials and third factors; analysis process.
import { applyRule, parameterValues, readsOf, type RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { NeuronRead } from '../../../common/learning-rule/declaration.ts';
import { type ParsedRule, type RuleEvent, ruleEvents } from '../../../common/learning-rule/parsed-rule.ts';
import type { Values } from '../../../common/learning-rule/vector-equation.ts';
import { type SynapseDynamics, synapseDynamics } from './synapse-dynamics.ts';

export interface SynapseOptions {
  readonly count: number;
  readonly stepMilliseconds: number;
  /** One for all, or one each. */
  readonly weights: Values;
  readonly dynamics?: SynapseDynamics;
}

/** What synapses meet in a step. */
export interface SynapseInput {
  /** Indices of synapses at which a spike arrives. */
  readonly arrivals?: readonly number[];
  /** Indices of synapses whose receivers fire. */
  readonly firings?: readonly number[];
  /** Values and second states of neurons, and third factors, by symbol: one for all synapses, or one each. */
  readonly signals?: Readonly<Record<string, Values>>;
}

type Memory = Extract<NeuronRead, { kind: 'trace' | 'average' }>;

/**
 * Synapses that share nothing but the rule: each has its own sender's and receiver's memories, so that copies of
 * neurons, trials and conditions can run side by side.
 */
export class SynapseSimulation {
  /** Weights `w` and variables of the synapse, by symbol. */
  readonly state: Readonly<Record<string, Float64Array>>;
  /** Traces and running means, by symbol. A mean begins with the first value that it is given. */
  readonly memories: Readonly<Record<string, Float64Array>>;
  readonly #rule: ParsedRule;
  readonly #parameters: RuleParameters;
  readonly #count: number;
  readonly #step: number;
  readonly #dynamics: SynapseDynamics;
  readonly #reads: Readonly<Record<RuleEvent, readonly string[]>>;
  readonly #kept: readonly { symbol: string; side: 'pre' | 'post'; memory: Memory; remains: number }[];
  #isFresh = true;

  constructor(rule: ParsedRule, parameters: RuleParameters, options: SynapseOptions) {
    const { count, stepMilliseconds, weights, dynamics = synapseDynamics } = options;
    this.#rule = rule;
    this.#parameters = parameters;
    this.#count = count;
    this.#step = stepMilliseconds;
    this.#dynamics = dynamics;
    const { pre, post, synapse } = rule.declaration;
    const each = (value: Values) =>
      typeof value === 'number' ? new Float64Array(count).fill(value) : Float64Array.from(value);
    this.state = {
      w: each(weights),
      ...Object.fromEntries(Object.entries(synapse).map(([symbol, { initial }]) => [symbol, each(initial)])),
    };
    const constants = parameterValues(rule, parameters);
    this.#kept = (['pre', 'post'] as const).flatMap((side) =>
      Object.entries({ pre, post }[side]).flatMap(([symbol, memory]) =>
        memory.kind === 'trace' || memory.kind === 'average'
          ? [{ symbol, side, memory, remains: dynamics.remains(stepMilliseconds, constants[memory.timeConstant]!) }]
          : [],
      ),
    );
    this.memories = Object.fromEntries(this.#kept.map(({ symbol }) => [symbol, each(0)]));
    const symbols = new Set(Object.values(rule.declaration.parameters).map(({ symbol }) => symbol));
    const reads = (event: RuleEvent) => [...readsOf(rule, event)].filter((symbol) => !symbols.has(symbol));
    this.#reads = Object.fromEntries(ruleEvents.map((event) => [event, reads(event)])) as Record<RuleEvent, string[]>;
  }

  get weights(): Float64Array {
    return this.state['w']!;
  }

  /** @throws RangeError for a signal that the rule reads and the input lacks. */
  step({ arrivals = [], firings = [], signals = {} }: SynapseInput): void {
    if (this.#isFresh) this.#beginAverages(signals);
    for (const phase of this.#dynamics.order) {
      if (phase === 'arrivals') this.#happen('arrival', arrivals, signals);
      else if (phase === 'firings') this.#happen('firing', firings, signals);
      else if (phase === 'step') this.#happen('step', undefined, signals);
      else this.#remember(arrivals, firings, signals);
    }
  }

  #beginAverages(signals: Readonly<Record<string, Values>>): void {
    for (const { symbol, memory } of this.#kept) {
      if (memory.kind !== 'average') continue;
      const first = given(signals, memory.of);
      if (typeof first === 'number') this.memories[symbol]!.fill(first);
      else this.memories[symbol]!.set(first);
    }
    this.#isFresh = false;
  }

  /** @param at undefined: at all synapses */
  #happen(event: RuleEvent, at: readonly number[] | undefined, signals: Readonly<Record<string, Values>>): void {
    if (at?.length === 0 || this.#rule.events[event] === undefined) return;
    const values: Record<string, Values> = {};
    for (const symbol of this.#reads[event]) {
      const all = this.state[symbol] ?? this.memories[symbol] ?? (symbol === 'dt' ? this.#step : signals[symbol]);
      if (all === undefined) continue;
      values[symbol] =
        at === undefined || typeof all === 'number' ? all : Float64Array.from(at, (index) => all[index]!);
    }
    const after = applyRule(this.#rule, event, this.#parameters, values, at?.length ?? this.#count) ?? {};
    for (const [symbol, changed] of Object.entries(after)) {
      const into = this.state[symbol]!;
      if (at !== undefined)
        for (let place = 0; place < at.length; place++)
          into[at[place]!] = typeof changed === 'number' ? changed : changed[place]!;
      else if (typeof changed === 'number') into.fill(changed);
      else into.set(changed);
    }
  }

  #remember(arrivals: readonly number[], firings: readonly number[], signals: Readonly<Record<string, Values>>): void {
    for (const { symbol, side, memory, remains } of this.#kept) {
      const into = this.memories[symbol]!;
      if (memory.kind === 'trace') this.#dynamics.advanceTrace(into, side === 'pre' ? arrivals : firings, remains);
      else this.#dynamics.advanceAverage(into, given(signals, memory.of), remains);
    }
  }
}

function given(signals: Readonly<Record<string, Values>>, symbol: string): Values {
  const value = signals[symbol];
  if (value === undefined) throw new RangeError(`A running mean follows '${symbol}', which is not given`);
  return value;
}
