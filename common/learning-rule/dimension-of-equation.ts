// Finds the physical dimension of an equation, and the place where units do not fit.
import { combine, type Dimension, isSame, pure, wordsOf } from './dimension.ts';
import type { Equation } from './equation.ts';
import { EquationError } from './parse-equation.ts';
import { writeEquation } from './write-equation.ts';

/** A number in an equation fits any dimension in sums and comparisons only when it is 0. */
type Found = Dimension | 'zero';

/**
 * @param of the dimension of each symbol
 * @returns 'zero' for an equation that is 0 whatever its unit.
 * @throws EquationError names the part whose units do not fit.
 */
export function dimensionOfEquation(equation: Equation, of: (symbol: string) => Dimension): Found {
  const find = (part: Equation) => dimensionOfEquation(part, of);
  switch (equation.kind) {
    case 'number':
      return equation.value === 0 ? 'zero' : pure;
    case 'symbol':
      return of(equation.name);
    case 'negative':
      return find(equation.of);
    case 'binary': {
      const { operator, left, right } = equation;
      switch (operator) {
        case '+':
        case '-':
          return common(equation, [find(left), find(right)]);
        case '*':
          return product(find(left), find(right), 1);
        case '/':
          return product(find(left), find(right), -1);
        case '^':
          return power(equation, find(left), right, find(right));
        case '<':
        case '<=':
        case '>':
        case '>=':
          common(equation, [find(left), find(right)]);
          return pure;
      }
    }
    case 'call': {
      const found = equation.parameters.map(find);
      switch (equation.name) {
        case 'abs':
        case 'positive':
        case 'min':
        case 'max':
        case 'clip':
          return common(equation, found);
        case 'sign':
          return pure;
        case 'sqrt':
          return half(found[0]!);
        case 'exp':
        case 'log':
        case 'tanh':
        case 'logistic':
          if (!isPure(found[0]!)) throw misfit(equation, `takes a pure number, not ${words(found[0]!)}`);
          return pure;
      }
    }
  }
}

const isPure = (found: Found) => found === 'zero' || isSame(found, pure);
const words = (found: Found) => (found === 'zero' ? '0' : wordsOf(found));

function misfit(equation: Equation, what: string): EquationError {
  return new EquationError(`Units do not fit in '${writeEquation(equation)}': it ${what}`);
}

function common(equation: Equation, found: readonly Found[]): Found {
  const certain = found.filter((each) => each !== 'zero');
  const [first] = certain;
  const other = certain.find((each) => !isSame(each, first!));
  if (other !== undefined) throw misfit(equation, `puts ${words(first!)} and ${words(other)} together`);
  return first ?? 'zero';
}

const product = (left: Found, right: Found, sign: number): Found =>
  left === 'zero' || right === 'zero' ? 'zero' : combine(left, right, sign);

function power(equation: Equation, base: Found, exponent: Equation, found: Found): Found {
  if (!isPure(found)) throw misfit(equation, `has an exponent in ${words(found)}`);
  if (isPure(base)) return base;
  if (exponent.kind !== 'number') throw misfit(equation, `raises ${words(base)} to a power that is not a number`);
  return base === 'zero' ? base : combine(pure, base, exponent.value);
}

const half = (found: Found): Found => (found === 'zero' ? found : combine(pure, found, 0.5));
