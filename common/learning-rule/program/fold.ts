// Computes the parts of an equation that do not change while a network runs; runs in every process.
import { type Equation, symbolsOf } from '../equation.ts';
import { computeEquation } from '../vector-equation.ts';
import { factorsOf } from './order-factors.ts';

/** @param constants by symbol. @returns the same equation with every part that is made of them alone as one number. */
export function fold(equation: Equation, constants: ReadonlyMap<string, number>): Equation {
  if ([...symbolsOf(equation)].every((symbol) => constants.has(symbol))) {
    const value = computeEquation(equation, 1, (symbol) => constants.get(symbol)!);
    return { kind: 'number', value: value as number };
  }
  const within = (part: Equation) => fold(part, constants);
  switch (equation.kind) {
    case 'number':
    case 'symbol':
      return equation;
    case 'negative':
      return { kind: 'negative', of: within(equation.of) };
    case 'binary':
      return gathered({ ...equation, left: within(equation.left), right: within(equation.right) });
    case 'call':
      return { ...equation, parameters: equation.parameters.map(within) };
  }
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
