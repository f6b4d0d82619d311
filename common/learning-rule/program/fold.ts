// Computes the parts of an equation that do not change while a network runs; runs in every process.
import { type Equation, symbolsOf } from '../equation.ts';
import { NotFiniteError, rangeOfEquation } from '../finite/range-of-equation.ts';
import { EquationError } from '../parse-equation.ts';
import { writeEquation } from '../write-equation.ts';
import { factorsOf } from './order-factors.ts';

/**
 * @param constants by symbol
 * @returns the same equation with every part that is made of them alone as one number.
 * @throws EquationError for such a part that has no finite value, with the values of its symbols.
 */
export function fold(equation: Equation, constants: ReadonlyMap<string, number>): Equation {
  if ([...symbolsOf(equation)].every((symbol) => constants.has(symbol)))
    return { kind: 'number', value: valueOf(equation, constants) };
  const within = (part: Equation) => fold(part, constants);
  switch (equation.kind) {
    case 'number':
    case 'symbol':
      return equation;
    case 'negative':
      return { kind: 'negative', of: within(equation.of) };
    case 'binary': {
      const [left, right] = [within(equation.left), within(equation.right)];
      if (equation.operator === '/' && right.kind === 'number' && right.value === 0)
        throw new EquationError(
          `A division by '${writeEquation(equation.right)}', which is 0${valueWords(equation.right, constants)}`,
        );
      return gathered({ ...equation, left, right });
    }
    case 'call':
      return { ...equation, parameters: equation.parameters.map(within) };
  }
}

/** @throws EquationError */
export function valueOf(equation: Equation, constants: ReadonlyMap<string, number>): number {
  const exactly = (symbol: string) => ({ low: constants.get(symbol)!, high: constants.get(symbol)! });
  try {
    return rangeOfEquation(equation, exactly).low;
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error;
    throw new EquationError(`${error.message}${valueWords(error.part, constants)}`);
  }
}

function valueWords(equation: Equation, constants: ReadonlyMap<string, number>): string {
  const values = [...symbolsOf(equation)].map((symbol) => `${symbol} = ${constants.get(symbol)!}`);
  return values.length === 0 ? '' : `, with ${values.join(' and ')}`;
}

/** Numbers of a product stand together: (a·x)·b is (a·b)·x, and x / b is x·(1/b). */
function gathered(equation: Extract<Equation, { kind: 'binary' }>): Equation {
  const { operator, left, right } = equation;
  if (operator === '/' && right.kind === 'number') return product(left, { kind: 'number', value: 1 / right.value });
  return operator === '*' ? product(left, right) : equation;
}

function product(left: Equation, right: Equation): Equation {
  const factors = [...factorsOf(left), ...factorsOf(right)];
  const number = factors.reduce((all, each) => (each.kind === 'number' ? all * each.value : all), 1);
  const others = factors.filter((each) => each.kind !== 'number');
  const start: Equation[] = number === 1 && others.length > 0 ? [] : [{ kind: 'number', value: number }];
  return [...others, ...start].reduce((all, each) => ({ kind: 'binary', operator: '*', left: all, right: each }));
}
