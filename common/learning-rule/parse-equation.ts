// Reads an equation of a learning rule as text; nothing is ever run as code.
import jsep from 'jsep';
import { type BinaryOperator, type Equation, functions, isFunctionName } from './equation.ts';

/** What is wrong with an equation, and where in its text. */
export class EquationError extends Error {
  /** Character from the beginning of the equation, from 0; undefined: the whole of it. */
  readonly at: number | undefined;

  constructor(message: string, at?: number) {
    super(message);
    this.name = 'EquationError';
    this.at = at;
  }
}

// A power binds tighter than a product, and from the right; bit operators and the like are not equations.
for (const operator of Object.keys(jsep.binary_ops)) jsep.removeBinaryOp(operator);
for (const operator of Object.keys(jsep.unary_ops)) jsep.removeUnaryOp(operator);
const binding: Readonly<Record<BinaryOperator, number>> = {
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '^': 12,
};
for (const [operator, precedence] of Object.entries(binding)) jsep.addBinaryOp(operator, precedence, operator === '^');
jsep.addUnaryOp('-');

/** @throws EquationError */
export function parseEquation(text: string): Equation {
  let parsed: jsep.Expression;
  try {
    parsed = jsep(text);
  } catch (error) {
    const { message, index } = error as Error & { index?: number };
    throw new EquationError(`'${text}' is not an equation: ${message}`, index);
  }
  return fromJsep(parsed, text);
}

function fromJsep(node: jsep.Expression, text: string): Equation {
  switch (node.type) {
    case 'Literal': {
      const { value, raw } = node as jsep.Literal;
      if (typeof value !== 'number') throw new EquationError(`${raw} is not a number`, placeOf(raw, text));
      return { kind: 'number', value };
    }
    case 'Identifier':
      return { kind: 'symbol', name: (node as jsep.Identifier).name };
    case 'UnaryExpression':
      return { kind: 'negative', of: fromJsep((node as jsep.UnaryExpression).argument, text) };
    case 'BinaryExpression': {
      const { operator, left, right } = node as jsep.BinaryExpression;
      // The parser cannot tell -x^2 from (-x)^2.
      if (operator === '^' && left.type === 'UnaryExpression')
        throw new EquationError(`A power of a negative in '${text}': write -(x^2), or (0 - x)^2`);
      return {
        kind: 'binary',
        operator: operator as BinaryOperator,
        left: fromJsep(left, text),
        right: fromJsep(right, text),
      };
    }
    case 'CallExpression':
      return fromCall(node as jsep.CallExpression, text);
    default:
      throw new EquationError(
        `'${text}' has a part that equations do not have; they are made of numbers, symbols, + - * / ^, comparisons and functions`,
      );
  }
}

function fromCall({ callee, arguments: given }: jsep.CallExpression, text: string): Equation {
  const name = callee.type === 'Identifier' ? (callee as jsep.Identifier).name : '';
  if (!isFunctionName(name)) {
    throw new EquationError(
      `There is no function '${name}'; there are ${Object.keys(functions).join(', ')}`,
      placeOf(name, text),
    );
  }
  const wanted = functions[name].parameters;
  if (given.length !== wanted)
    throw new EquationError(`${name} takes ${wanted} values, not ${given.length}`, placeOf(name, text));
  return { kind: 'call', name, parameters: given.map((each) => fromJsep(each, text)) };
}

function placeOf(part: string, text: string): number | undefined {
  const at = text.indexOf(part);
  return at < 0 ? undefined : at;
}
