// A learning rule with its equations read and checked: what everything else is made from.
import type { Assignments, RuleDeclaration } from './declaration.ts';
import { combine, type Dimension, dimensionOf, isSame, wordsOf } from './dimension.ts';
import { dimensionOfEquation } from './dimension-of-equation.ts';
import { type Equation, symbolsOf } from './equation.ts';
import { EquationError, parseEquation } from './parse-equation.ts';

export const ruleEvents = ['arrival', 'firing', 'step'] as const;
export type RuleEvent = (typeof ruleEvents)[number];

/** What becomes of the weight `w` and of the variables of the synapse, in the order of the file. */
export type ParsedAssignments = readonly { readonly symbol: string; readonly equation: Equation }[];

export interface ParsedRule {
  readonly declaration: RuleDeclaration;
  readonly events: Readonly<Partial<Record<RuleEvent, ParsedAssignments>>>;
  readonly minimum: Equation | undefined;
  readonly maximum: Equation | undefined;
}

/** What is wrong with a declaration, with the keys that lead to it. */
export class RuleError extends Error {
  readonly path: readonly string[];
  /** What would be right, without a full stop. */
  readonly cure: string;

  constructor(path: readonly string[], message: string, cure = 'Change the equation or what it reads') {
    super(message);
    this.name = 'RuleError';
    this.path = path;
    this.cure = cure;
  }
}

/** @throws RuleError at the first thing that is wrong: a symbol nobody declares, units that do not fit, text that is no equation. */
export function parseRule(declaration: RuleDeclaration): ParsedRule {
  const dimensions = dimensionsOf(declaration);
  const events: Partial<Record<RuleEvent, ParsedAssignments>> = {};
  for (const event of ruleEvents) {
    const assignments = declaration.on[event];
    if (assignments !== undefined) events[event] = parseAssignments(declaration, event, assignments, dimensions);
  }
  const bound = (side: 'min' | 'max') => {
    const text = declaration.bounds[side];
    if (text === undefined) return undefined;
    const equation = atPlace(['bounds', side], () => parseEquation(text));
    for (const symbol of symbolsOf(equation)) {
      if (!parameterSymbols(declaration).has(symbol))
        throw new RuleError(['bounds', side], `A bound is made of parameters, and '${symbol}' is not one`);
    }
    fit(['bounds', side], equation, dimensions, dimensions.get('w')!);
    return equation;
  };
  return { declaration, events, minimum: bound('min'), maximum: bound('max') };
}

const parameterSymbols = ({ parameters }: RuleDeclaration) =>
  new Set(Object.values(parameters).map(({ symbol }) => symbol));

/** The dimension of every symbol that equations may read. */
function dimensionsOf(declaration: RuleDeclaration): ReadonlyMap<string, Dimension> {
  const { parameters, pre, post, thirdFactors, synapse } = declaration;
  const dimensions = new Map<string, Dimension>([
    // Rate networks have pure numbers as weights.
    ['w', dimensionOf(declaration.form === 'rate' ? '' : 'w')],
    ['dt', dimensionOf('ms')],
  ]);
  const add = (path: readonly string[], symbol: string, unit: string) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(symbol))
      throw new RuleError(path, `'${symbol}' is not a symbol: letters, digits and _ only, a letter first`);
    if (dimensions.has(symbol)) throw new RuleError(path, `'${symbol}' is declared twice`);
    dimensions.set(
      symbol,
      atPlace(path, () => dimensionOf(unit)),
    );
  };
  for (const [key, { symbol, unit }] of Object.entries(parameters)) add(['parameters', key], symbol, unit);
  for (const [side, reads] of Object.entries({ pre, post })) {
    for (const [symbol, read] of Object.entries(reads))
      add([side, symbol], symbol, read.kind === 'trace' ? '' : read.unit);
  }
  for (const [symbol, { unit }] of Object.entries(thirdFactors)) add(['thirdFactors', symbol], symbol, unit);
  for (const [symbol, { unit }] of Object.entries(synapse)) add(['synapse', symbol], symbol, unit);
  checkTimeConstants(declaration, dimensions);
  return dimensions;
}

function checkTimeConstants(declaration: RuleDeclaration, dimensions: ReadonlyMap<string, Dimension>): void {
  for (const side of ['pre', 'post'] as const) {
    for (const [symbol, read] of Object.entries(declaration[side])) {
      if (read.kind !== 'trace' && read.kind !== 'average') continue;
      const path = [side, symbol, 'timeConstant'];
      const dimension = dimensions.get(read.timeConstant);
      if (dimension === undefined || !parameterSymbols(declaration).has(read.timeConstant))
        throw new RuleError(path, `'${read.timeConstant}' is not a parameter`);
      if (!isSame(dimension, dimensionOf('ms')))
        throw new RuleError(path, `'${read.timeConstant}' is in ${wordsOf(dimension)}, and a time constant is in ms`);
      if (read.kind === 'average' && declaration[side][read.of]?.kind !== 'value')
        throw new RuleError([side, symbol, 'of'], `'${read.of}' is not a value of the same neuron`);
    }
  }
}

function parseAssignments(
  declaration: RuleDeclaration,
  event: RuleEvent,
  assignments: Assignments,
  dimensions: ReadonlyMap<string, Dimension>,
): ParsedAssignments {
  return Object.entries(assignments).map(([symbol, text]) => {
    const path = ['on', event, symbol];
    if (symbol !== 'w' && !Object.hasOwn(declaration.synapse, symbol))
      throw new RuleError(path, `'${symbol}' is neither the weight w nor a variable of the synapse`);
    const equation = atPlace(path, () => parseEquation(text));
    for (const each of symbolsOf(equation)) {
      if (!dimensions.has(each))
        throw new RuleError(
          path,
          `'${each}' is read and nobody declares it: ${[...dimensions.keys()].join(', ')} are there`,
        );
    }
    fit(path, equation, dimensions, dimensions.get(symbol)!);
    return { symbol, equation };
  });
}

/** Whether an equation has the unit of what it is for. */
function fit(path: readonly string[], equation: Equation, of: ReadonlyMap<string, Dimension>, wanted: Dimension): void {
  const found = atPlace(path, () => dimensionOfEquation(equation, (symbol) => of.get(symbol)!));
  if (found !== 'zero' && !isSame(found, wanted)) {
    const factor = wordsOf(combine(found, wanted, -1));
    throw new RuleError(
      path,
      `The equation is in ${wordsOf(found)}, and ${path.at(-1)} is in ${wordsOf(wanted)}: too much by ${factor}`,
    );
  }
}

/** Says of an error in an equation where the equation is. @throws RuleError */
export function atPlace<T>(path: readonly string[], act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof EquationError) throw new RuleError(path, error.message);
    throw error;
  }
}
