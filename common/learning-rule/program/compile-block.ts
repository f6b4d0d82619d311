// Compiles what one event does to a synapse into a block of whole-number instructions; runs in every process.
import type { NeuronRead } from '../declaration.ts';
import { symbolsOf } from '../equation.ts';
import { atPlace, type ParsedRule, RuleError } from '../parsed-rule.ts';
import { fold } from './fold.ts';
import { orderFactors, type Sharing } from './order-factors.ts';
import type { Block, Input, Output, ProgramEvent } from './program.ts';
import { ProgramWriter, type Scaled, shiftMost } from './scaled-value.ts';
import { writeEquation } from './write-equation.ts';

/** What a symbol stands for: an input, or what is made of one. */
export interface SymbolMeaning {
  readonly input: Input;
  readonly places: number;
  readonly low: number;
  readonly high: number;
  /** Added before anything else: potentials are held above rest. */
  readonly offset?: number;
  /** Between which the input is before that; what it becomes is then brought between the bounds. Without: it is within them already. */
  readonly held?: { readonly low: number; readonly high: number } | undefined;
}

/** Where results of a symbol go. */
export interface SymbolTarget {
  /** −1 for the weight. */
  readonly variable: number;
  readonly places: number;
  readonly low: number;
  readonly high: number;
}

export interface BlockContext {
  readonly constants: ReadonlyMap<string, number>;
  readonly meanings: ReadonlyMap<string, SymbolMeaning>;
  readonly targets: ReadonlyMap<string, SymbolTarget>;
}

/** @throws RuleError for an equation that cannot be computed in whole numbers. */
export function compileBlock(rule: ParsedRule, event: ProgramEvent, context: BlockContext): Block | undefined {
  const sharingOf = (symbol: string): Sharing => {
    const { input } = context.meanings.get(symbol)!;
    if (isUniformIn(input, event, rule)) return 'event';
    if (input.kind === 'factor') return 'receiver';
    return 'side' in input ? input.side : 'none';
  };
  const assignments = rule.events[event]?.map(({ symbol, equation }) => ({
    symbol,
    equation: atPlace(['on', event, symbol], () => orderFactors(fold(equation, context.constants), sharingOf)),
  }));
  if (assignments === undefined) return undefined;
  const symbols = [...new Set(assignments.flatMap(({ equation }) => [...symbolsOf(equation)]))];
  const inputs = symbols.map((symbol) => context.meanings.get(symbol)!);
  const writer = new ProgramWriter(inputs.map(({ input }) => isUniformIn(input, event, rule)));
  const values = new Map(symbols.map((symbol, index) => [symbol, valueOf(writer, inputs[index]!, index)]));
  const outputs = assignments.map(({ symbol, equation }) =>
    atPlace(['on', event, symbol], (): Output => {
      const value = writeEquation(equation, writer, (each) => values.get(each)!);
      return outputOf(writer, value, context.targets.get(symbol)!);
    }),
  );
  const { instructions, isUniform, tables } = writer;
  return { inputs: inputs.map(({ input }) => input), instructions, isUniform, outputs, tables };
}

function valueOf(writer: ProgramWriter, { places, low, high, offset, held }: SymbolMeaning, register: number): Scaled {
  const isUniform = writer.isUniform[register]!;
  if (offset === undefined) return { register, places, low, high, isUniform };
  const range = held ?? { low: low - offset, high: high - offset };
  const shifted = writer.add('add', { register, places, ...range, isUniform }, writer.constantAt(offset, places));
  if (held === undefined) return { ...shifted, low, high };
  const bounded = writer.choose('min', writer.choose('max', shifted, writer.constant(low)), writer.constant(high));
  return { ...bounded, low, high };
}

/** Arrivals are of one sender, firings of one receiver. */
function isUniformIn(input: Input, event: ProgramEvent, { declaration }: ParsedRule): boolean {
  switch (input.kind) {
    case 'weight':
    case 'variable':
      return false;
    case 'factor': {
      const pathway = Object.values(declaration.thirdFactors)[input.index]!.pathway;
      return pathway === 'broadcast' || event === 'firing';
    }
    case 'trace':
    case 'average':
    case 'potential':
    case 'fired':
      return (event === 'arrival' && input.side === 'sender') || (event === 'firing' && input.side === 'receiver');
  }
}

function outputOf(writer: ProgramWriter, value: Scaled, target: SymbolTarget): Output {
  const result = value.places > target.places ? writer.places(value, target.places) : value;
  const within = 2 ** result.places;
  return {
    register: result.register,
    variable: target.variable,
    low: Math.ceil(target.low * within),
    high: Math.floor(target.high * within),
    shiftLeft: Math.min(shiftMost, target.places - result.places),
    isFaultBeyond: target.variable >= 0,
  };
}

/** How a neuron's read is bounded, where it is a value. */
export const boundsOf = (read: Exclude<NeuronRead, { kind: 'trace' }>, path: readonly string[]) => {
  if (read.min === undefined || read.max === undefined)
    throw new RuleError(
      path,
      'A rule for spiking neurons gives the least and the largest value of everything that it reads',
    );
  return { low: read.min, high: read.max };
};
