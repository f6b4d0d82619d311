// Turns an equation of real numbers into whole-number instructions; runs in every process.
import { type Equation, functions } from '../equation.ts';
import { EquationError } from '../parse-equation.ts';
import { writeEquation as textOf } from '../write-equation.ts';
import type { ProgramWriter, Scaled } from './scaled-value.ts';

/**
 * @param equation folded: parts that do not change are numbers
 * @param read what a symbol stands for
 * @throws EquationError for a division by what can be 0, and for what has no finite value everywhere.
 */
export function writeEquation(equation: Equation, writer: ProgramWriter, read: (symbol: string) => Scaled): Scaled {
  const write = (part: Equation) => writeEquation(part, writer, read);
  switch (equation.kind) {
    case 'number':
      return finite(equation, writer, equation.value);
    case 'symbol':
      return read(equation.name);
    case 'negative':
      return writer.add('subtract', writer.constant(0), write(equation.of));
    case 'binary':
      return writeBinary(equation, writer, write);
    case 'call':
      return writeCall(equation, writer, write);
  }
}

type Write = (part: Equation) => Scaled;

function finite(equation: Equation, writer: ProgramWriter, value: number): Scaled {
  if (!Number.isFinite(value)) throw new EquationError(`'${textOf(equation)}' is ${value}: not a finite number`);
  return writer.constant(value);
}

function writeBinary(equation: Extract<Equation, { kind: 'binary' }>, writer: ProgramWriter, write: Write): Scaled {
  const { operator, left, right } = equation;
  switch (operator) {
    case '+':
      return writer.add('add', write(left), write(right));
    case '-':
      return writer.add('subtract', write(left), write(right));
    case '*':
      return writer.multiply(write(left), write(right));
    case '/':
      return writer.multiply(write(left), reciprocal(right, writer, write));
    case '^':
      return writePower(equation, writer, write);
    case '<':
      return writer.compare('below', write(left), write(right));
    case '<=':
      return writer.compare('atMost', write(left), write(right));
    case '>':
      return writer.compare('below', write(right), write(left));
    case '>=':
      return writer.compare('atMost', write(right), write(left));
  }
}

function reciprocal(equation: Equation, writer: ProgramWriter, write: Write): Scaled {
  const value = write(equation);
  refuseZero(equation, value);
  return writer.look(value, (x) => 1 / x);
}

function refuseZero(divisor: Equation, { low, high }: Scaled): void {
  if (low <= 0 && high >= 0)
    throw new EquationError(`A division by '${textOf(divisor)}', which can be 0: it is between ${low} and ${high}`);
}

function writePower(equation: Extract<Equation, { kind: 'binary' }>, writer: ProgramWriter, write: Write): Scaled {
  const { left, right } = equation;
  if (right.kind !== 'number')
    throw new EquationError(
      `The exponent in '${textOf(equation)}' changes while the network runs; it must be made of parameters`,
    );
  const base = write(left);
  const exponent = right.value;
  if (exponent < 0) refuseZero(left, base);
  if (Number.isInteger(exponent) && exponent >= 1 && exponent <= 4) {
    let power = base;
    for (let times = 1; times < exponent; times++) power = writer.multiply(power, base);
    // An even power is never negative, which the range of a product does not know.
    return exponent % 2 === 0 ? { ...power, low: Math.max(0, power.low) } : power;
  }
  return lookUp(equation, writer, base, (x) => x ** exponent);
}

function writeCall(equation: Extract<Equation, { kind: 'call' }>, writer: ProgramWriter, write: Write): Scaled {
  const [a, b, c] = equation.parameters.map(write);
  const zero = () => writer.constant(0);
  switch (equation.name) {
    case 'abs': {
      const size = writer.choose('max', a!, writer.add('subtract', zero(), a!));
      return { ...size, low: 0 };
    }
    case 'positive':
      return writer.choose('max', a!, zero());
    case 'min':
      return writer.choose('min', a!, b!);
    case 'max':
      return writer.choose('max', a!, b!);
    case 'clip':
      return writer.choose('min', writer.choose('max', a!, b!), c!);
    case 'sign':
      return writer.add('subtract', writer.compare('below', zero(), a!), writer.compare('below', a!, zero()));
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'tanh':
    case 'logistic':
      return lookUp(equation, writer, a!, functions[equation.name].evaluate);
  }
}

function lookUp(equation: Equation, writer: ProgramWriter, value: Scaled, of: (x: number) => number): Scaled {
  for (const x of [value.low, value.high]) {
    if (!Number.isFinite(of(x)))
      throw new EquationError(
        `'${textOf(equation)}' is ${of(x)} at ${x}, which can come: give its variables narrower bounds`,
      );
  }
  return writer.look(value, of);
}
