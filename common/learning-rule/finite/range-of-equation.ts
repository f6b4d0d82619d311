// Finds between which numbers an equation lies when its symbols lie between theirs, and the part that has no finite value somewhere.
import { type BinaryOperator, type Equation, functions, operators } from '../equation.ts';
import { writeEquation } from '../write-equation.ts';

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** An equation has no finite value somewhere in the ranges of its symbols. */
export class NotFiniteError extends Error {
  /** The part that decides it; of a quotient its divisor. */
  readonly part: Equation;

  constructor(part: Equation, message: string) {
    super(message);
    this.name = 'NotFiniteError';
    this.part = part;
  }
}

/**
 * Each symbol counts as often as it is read, as if it could differ from itself: x - x is not 0. So the range holds all values, and
 * may be wider than they are.
 * @param of the range of each symbol
 * @throws NotFiniteError names the innermost part, with the range of what it is made of.
 */
export function rangeOfEquation(equation: Equation, of: (symbol: string) => Range): Range {
  const find = (part: Equation) => rangeOfEquation(part, of);
  const found = rangeOf(equation, find, of);
  if (Number.isFinite(found.low) && Number.isFinite(found.high)) return found;
  throw new NotFiniteError(equation, `'${writeEquation(equation)}' is not a finite number: it is ${wordsOf(found)}`);
}

type Find = (part: Equation) => Range;

function rangeOf(equation: Equation, find: Find, of: (symbol: string) => Range): Range {
  switch (equation.kind) {
    case 'number':
      return { low: equation.value, high: equation.value };
    case 'symbol':
      return of(equation.name);
    case 'negative': {
      const { low, high } = find(equation.of);
      return { low: 0 - high, high: 0 - low };
    }
    case 'binary':
      return ofBinary(equation, find(equation.left), find(equation.right));
    case 'call':
      return ofCall(equation, equation.parameters.map(find));
  }
}

function ofBinary(equation: Extract<Equation, { kind: 'binary' }>, left: Range, right: Range): Range {
  switch (equation.operator) {
    case '+':
      return { low: left.low + right.low, high: left.high + right.high };
    case '-':
      return { low: left.low - right.high, high: left.high - right.low };
    case '*':
      return ofEnds('*', left, right);
    case '/':
      if (holds(right, 0))
        throw new NotFiniteError(
          equation.right,
          `A division by '${writeEquation(equation.right)}', which ${zeroWords(right)}`,
        );
      return ofEnds('/', left, right);
    case '^':
      return ofPower(equation, left, right);
    case '<':
    case '<=':
      return between(
        operators[equation.operator](left.high, right.low),
        operators[equation.operator](left.low, right.high),
      );
    case '>':
    case '>=':
      return between(
        operators[equation.operator](left.low, right.high),
        operators[equation.operator](left.high, right.low),
      );
  }
}

const between = (low: number, high: number): Range => ({ low, high });

/** Rising or falling in each of the two: the extremes are at ends. */
function ofEnds(operator: BinaryOperator, left: Range, right: Range): Range {
  const ends = [left.low, left.high].flatMap((a) => [right.low, right.high].map((b) => operators[operator](a, b)));
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

function ofPower(equation: Equation, base: Range, exponent: Range): Range {
  const isWhole = exponent.low === exponent.high && Number.isInteger(exponent.low);
  const isInside = base.low < 0 && base.high > 0;
  if ((exponent.low < 0 && holds(base, 0)) || (!isWhole && base.low < 0))
    throw new NotFiniteError(
      equation,
      `'${writeEquation(equation)}' has no finite value everywhere: its base is ${wordsOf(base)}, its exponent ${wordsOf(exponent)}`,
    );
  const { low, high } = ofEnds('^', base, exponent);
  return isInside && exponent.low > 0 && exponent.low % 2 === 0 ? { low: Math.min(0, low), high } : { low, high };
}

function ofCall(equation: Extract<Equation, { kind: 'call' }>, given: readonly Range[]): Range {
  const { name } = equation;
  const [a, b = a!, c = b] = given as [Range, Range?, Range?];
  const atBoth = ({ evaluate }: (typeof functions)[typeof name]) => ({
    low: evaluate(a.low, b.low, c.low),
    high: evaluate(a.high, b.high, c.high),
  });
  switch (name) {
    case 'abs':
      return { low: Math.max(0, a.low, -a.high), high: Math.max(-a.low, a.high) };
    case 'log':
    case 'sqrt':
      if (name === 'log' ? a.low <= 0 : a.low < 0)
        throw new NotFiniteError(
          equation,
          `'${writeEquation(equation)}' has no finite value where '${writeEquation(equation.parameters[0]!)}' is ${name === 'log' ? '0 or below' : 'below 0'}: it is ${wordsOf(a)}`,
        );
      return atBoth(functions[name]);
    case 'exp':
    case 'tanh':
    case 'logistic':
    case 'sign':
    case 'positive':
    case 'min':
    case 'max':
    case 'clip':
      return atBoth(functions[name]);
  }
}

const holds = ({ low, high }: Range, value: number) => low <= value && high >= value;

const figure = (value: number) => String(Number(value.toPrecision(4)));

const wordsOf = ({ low, high }: Range) => (low === high ? figure(low) : `between ${figure(low)} and ${figure(high)}`);

const zeroWords = (range: Range) => (range.low === range.high ? 'is 0' : `can be 0: it is ${wordsOf(range)}`);
