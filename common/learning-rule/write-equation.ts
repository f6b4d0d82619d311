// Writes an equation of a learning rule as text that `parseEquation` reads back.
import type { Equation } from './equation.ts';

const binding = { '<': 1, '<=': 1, '>': 1, '>=': 1, '+': 2, '-': 2, '*': 3, '/': 3, '^': 5 } as const;
const ofNegative = 4;

export function writeEquation(equation: Equation): string {
  return write(equation, 0);
}

/** @param within how tightly what stands around it binds */
function write(equation: Equation, within: number): string {
  switch (equation.kind) {
    case 'number':
      return String(equation.value);
    case 'symbol':
      return equation.name;
    case 'negative':
      return inside(`-${write(equation.of, ofNegative + 1)}`, ofNegative, within);
    case 'call':
      return `${equation.name}(${equation.parameters.map((each) => write(each, 0)).join(', ')})`;
    case 'binary': {
      const { operator } = equation;
      const own = binding[operator];
      const [left, right] = operator === '^' ? [own + 1, own] : [own, own + 1];
      const space = operator === '^' ? '' : ' ';
      return inside(
        `${write(equation.left, left)}${space}${operator}${space}${write(equation.right, right)}`,
        own,
        within,
      );
    }
  }
}

const inside = (text: string, own: number, within: number) => (own < within ? `(${text})` : text);
