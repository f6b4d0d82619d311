// Computes an equation for many synapses at once in double precision: the reference that everything else is measured by.
import { type BinaryOperator, type Equation, functions, operators } from './equation.ts';

/** One number for each synapse, or one for all. */
export type Values = Float64Array | number;

/**
 * @param length how many synapses
 * @param read gives what a symbol stands for
 * @returns a new array, or a number when nothing in the equation differs between synapses.
 */
export function computeEquation(equation: Equation, length: number, read: (symbol: string) => Values): Values {
  const compute = (part: Equation) => computeEquation(part, length, read);
  switch (equation.kind) {
    case 'number':
      return equation.value;
    case 'symbol':
      return read(equation.name);
    case 'negative':
      return each2('-', 0, compute(equation.of), length);
    case 'binary':
      return each2(equation.operator, compute(equation.left), compute(equation.right), length);
    case 'call':
      return eachCall(equation.name, equation.parameters.map(compute), length);
  }
}

/** One loop for each operator and shape: a function called for each number would cost more than all the rest. */
function each2(operator: BinaryOperator, a: Values, b: Values, length: number): Values {
  if (typeof a === 'number' && typeof b === 'number') return operators[operator](a, b);
  const out = new Float64Array(length);
  const at = (values: Values, index: number) => (typeof values === 'number' ? values : values[index]!);
  switch (operator) {
    case '+':
      if (typeof a !== 'number' && typeof b !== 'number') for (let i = 0; i < length; i++) out[i] = a[i]! + b[i]!;
      else for (let i = 0; i < length; i++) out[i] = at(a, i) + at(b, i);
      return out;
    case '-':
      if (typeof a !== 'number' && typeof b !== 'number') for (let i = 0; i < length; i++) out[i] = a[i]! - b[i]!;
      else for (let i = 0; i < length; i++) out[i] = at(a, i) - at(b, i);
      return out;
    case '*':
      if (typeof a !== 'number' && typeof b !== 'number') for (let i = 0; i < length; i++) out[i] = a[i]! * b[i]!;
      else if (typeof a === 'number' && typeof b !== 'number') for (let i = 0; i < length; i++) out[i] = a * b[i]!;
      else for (let i = 0; i < length; i++) out[i] = at(a, i) * at(b, i);
      return out;
    case '/':
      for (let i = 0; i < length; i++) out[i] = at(a, i) / at(b, i);
      return out;
    default: {
      const operate = operators[operator];
      for (let i = 0; i < length; i++) out[i] = operate(at(a, i), at(b, i));
      return out;
    }
  }
}

function eachCall(name: keyof typeof functions, parameters: readonly Values[], length: number): Values {
  const { evaluate } = functions[name];
  const [a = 0, b = 0, c = 0] = parameters;
  if (typeof a === 'number' && typeof b === 'number' && typeof c === 'number') return evaluate(a, b, c);
  const at = (values: Values, index: number) => (typeof values === 'number' ? values : values[index]!);
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) out[i] = evaluate(at(a, i), at(b, i), at(c, i));
  return out;
}
