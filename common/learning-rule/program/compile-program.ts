// Compiles a learning rule with its parameters into whole numbers for one projection; runs in every process.
import { parameterValues } from '../apply-rule.ts';
import type { NeuronRead } from '../declaration.ts';
import { dimensionOf, scaleOf } from '../dimension.ts';
import { traceHigh } from '../finite/ranges.ts';
import { atPlace, type ParsedRule, RuleError } from '../parsed-rule.ts';
import { type BlockContext, boundsOf, compileBlock, type SymbolMeaning, type SymbolTarget } from './compile-block.ts';
import { valueOf } from './fold.ts';
import { type Average, type Factor, type Program, programEvents, type Side, type SynapseState } from './program.ts';
import { placesFor } from './scaled-value.ts';

/** Of potentials, and of weights as they arrive. */
export const neuronPlaces = 16;
export const tracePlaces = 20;
/** How much more finely than they arrive weights can be kept. */
const finerBitsMax = 13;

export interface RuleSetting {
  /** By the keys of the declaration, in its units. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly stepMilliseconds: number;
  /** What a weight of 1 mV or 1 nS is as a whole number when it arrives. */
  readonly weightUnit: number;
  /** Potentials of the neurons are this far above what they hold, in mV; undefined: they have none. */
  readonly restMillivolts: Readonly<Record<Side, number | undefined>>;
}

export interface CompiledProgram extends Program {
  /** How many binary places finer than what arrives weights are kept. */
  readonly finerBits: number;
  /** Bounds of the weights as they are kept. */
  readonly lowestWeight: number;
  readonly highestWeight: number;
}

const sides = { pre: 'sender', post: 'receiver' } as const;

/** @throws RuleError */
export function compileProgram(rule: ParsedRule, setting: RuleSetting): CompiledProgram {
  const { declaration } = rule;
  const constants = constantsOf(rule, setting);
  const bound = (side: 'min' | 'max') => {
    const equation = side === 'min' ? rule.minimum : rule.maximum;
    if (equation === undefined)
      throw new RuleError(['bounds', side], 'A rule for spiking neurons bounds its weights on both sides');
    return atPlace(['bounds', side], () => valueOf(equation, constants));
  };
  const [low, high] = [bound('min'), bound('max')];
  const finerBits = Math.max(0, Math.min(finerBitsMax, placesFor(low, high) - neuronPlaces));
  const places = neuronPlaces + finerBits;
  const meanings = new Map<string, SymbolMeaning>([['w', { input: { kind: 'weight' }, places, low, high }]]);
  const targets = new Map<string, SymbolTarget>([['w', { variable: -1, places, low, high }]]);
  const traceTimeConstants: Record<Side, number[]> = { sender: [], receiver: [] };
  const averages: Record<Side, Average[]> = { sender: [], receiver: [] };
  for (const side of ['pre', 'post'] as const) {
    for (const [symbol, read] of Object.entries(declaration[side])) {
      const path = [side, symbol];
      const of = sides[side];
      if (read.kind === 'trace') {
        const input = { kind: 'trace', side: of, index: traceTimeConstants[of].length } as const;
        traceTimeConstants[of].push(constants.get(read.timeConstant)!);
        meanings.set(symbol, { input, places: tracePlaces, low: 0, high: traceHigh });
      } else if (read.kind === 'average') {
        const input = { kind: 'average', side: of, index: averages[of].length } as const;
        const value = meaningOf(declaration[side][read.of]!, read.of, of, setting, path);
        const average = averageOf(value, constants.get(read.timeConstant)!, setting.stepMilliseconds);
        averages[of].push(average.how);
        meanings.set(symbol, { ...value, ...average.meaning, input });
      } else meanings.set(symbol, meaningOf(read, symbol, of, setting, path));
    }
  }
  const weightScale = setting.weightUnit / 2 ** neuronPlaces;
  const variables = Object.entries(declaration.synapse).map(([symbol, each], variable): SynapseState => {
    if (each.min === undefined || each.max === undefined)
      throw new RuleError(
        ['synapse', symbol],
        'A variable of a synapse between spiking neurons has a least and a largest value',
      );
    const scale = scaleOf(each.unit) * weightScale ** dimensionOf(each.unit).weight;
    const range = { low: each.min * scale, high: each.max * scale };
    const own = Math.min(29, placesFor(range.low, range.high));
    meanings.set(symbol, { input: { kind: 'variable', index: variable }, places: own, ...range });
    targets.set(symbol, { variable, places: own, ...range });
    return {
      symbol,
      bounds: `${each.min} to ${each.max} ${each.unit}`.trimEnd(),
      assignments: programEvents.flatMap((event) => {
        const set = declaration.on[event]?.[symbol];
        return set === undefined ? [] : [`on ${event}: ${set}`];
      }),
      initial: Math.round(each.initial * scale * 2 ** own),
      binaryPlaces: own,
    };
  });
  const factors = Object.entries(declaration.thirdFactors).map(
    ([symbol, { unit, min, max, pathway }], index): Factor => {
      if (min === undefined || max === undefined)
        throw new RuleError(['thirdFactors', symbol], 'A signal for spiking neurons has a least and a largest value');
      const scale = scaleOf(unit);
      const range = { low: min * scale, high: max * scale };
      const own = Math.min(23, placesFor(range.low, range.high, 2 ** 23));
      meanings.set(symbol, { input: { kind: 'factor', index }, places: own, ...range });
      return {
        symbol,
        isPerReceiver: pathway !== 'broadcast',
        low: Math.ceil(range.low * 2 ** own),
        high: Math.floor(range.high * 2 ** own),
        binaryPlaces: own,
      };
    },
  );
  const context: BlockContext = { constants, meanings, targets };
  const blocks = Object.fromEntries(
    programEvents.flatMap((event) => {
      const block = compileBlock(rule, event, context);
      return block === undefined ? [] : [[event, block]];
    }),
  );
  const whole = (value: number) => Math.round(value * 2 ** places);
  return {
    blocks,
    traceTimeConstants,
    averages,
    variables,
    factors,
    finerBits,
    lowestWeight: whole(low),
    highestWeight: whole(high),
  };
}

/** Parameters and the step by symbol; weights in units in which 2¹⁶ of a whole number that arrives are one. */
function constantsOf(rule: ParsedRule, { parameters, stepMilliseconds, weightUnit }: RuleSetting) {
  const weightScale = weightUnit / 2 ** neuronPlaces;
  const values = parameterValues(rule, parameters);
  const constants = new Map([['dt', stepMilliseconds]]);
  for (const { symbol, unit } of Object.values(rule.declaration.parameters))
    constants.set(symbol, values[symbol]! * weightScale ** dimensionOf(unit).weight);
  return constants;
}

/** What neurons of a simulated network can show of themselves. */
function meaningOf(
  read: NeuronRead,
  symbol: string,
  side: Side,
  { restMillivolts }: RuleSetting,
  path: readonly string[],
): SymbolMeaning {
  if (read.kind === 'value' && (symbol === 'z_pre' || symbol === 'z_post'))
    return { input: { kind: 'fired', side }, places: 0, low: 0, high: 1 };
  if (read.kind === 'value' && symbol === 'u' && side === 'receiver') {
    const offset = restMillivolts[side];
    if (offset === undefined)
      throw new RuleError(path, 'The rule reads the membrane potential, and these neurons have none');
    return { input: { kind: 'potential', side }, places: neuronPlaces, offset, held: widest, ...boundsOf(read, path) };
  }
  throw new RuleError(
    path,
    `Simulated neurons do not show '${symbol}'; they show whether they fire (z_pre, z_post), the receiver’s membrane potential (u), traces of their spikes, and averages`,
  );
}

/** As a neuron may hold its potential. */
const widest = { low: -(2 ** (29 - neuronPlaces)), high: 2 ** (29 - neuronPlaces) };

/** Kept with 28 bits, but for values that are always tiny. It begins at 0, which bounds may leave out. */
function averageOf(
  { input, places, low, high, offset = 0 }: SymbolMeaning,
  timeConstant: number,
  stepMilliseconds: number,
) {
  const within = { low: low - offset, high: high - offset };
  const held = { low: Math.min(0, within.low), high: Math.max(0, within.high) };
  const own = Math.max(places, Math.min(28, placesFor(held.low, held.high, 2 ** 28)));
  const share = 1 - Math.exp(-stepMilliseconds / timeConstant);
  const shift = Math.min(45, placesFor(share, share, 2 ** 23));
  const how: Average = {
    of: input.kind === 'fired' ? 'fired' : 'potential',
    low: Math.round(within.low * 2 ** places),
    high: Math.round(within.high * 2 ** places),
    shiftLeft: own - places,
    factor: Math.round(share * 2 ** shift),
    shift,
  };
  const beginsWithin = within.low <= 0 && within.high >= 0;
  return { how, meaning: { places: own, offset, ...(beginsWithin ? { held: undefined } : { held }) } };
}
