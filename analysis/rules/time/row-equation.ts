// Makes an equation of a rule into loops over the senders of one receiver, with memory of their own; analysis process.
import { type BinaryOperator, type Equation, functions, operators } from '../../../common/learning-rule/equation.ts';

/** What a symbol stands for: always the same, a number for the receiver at hand, or one for each sender. */
export type RowReads = (
  symbol: string,
) => { readonly constant: number } | { readonly number: () => number } | { readonly array: () => Float64Array };

export interface CompiledEquation {
  /** Computes everything anew from what the symbols stand for now. */
  compute(): void;
  /** Copies what was computed last into a row of synapses. */
  writeTo(row: Float64Array): void;
}

type Node =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'number'; readonly value: () => number }
  /** Calling it computes; the array is its own until it is called again. */
  | { readonly kind: 'array'; readonly values: () => Float64Array };

/** @param length number of senders */
export function compileEquation(equation: Equation, length: number, reads: RowReads): CompiledEquation {
  const node = compile(equation, length, reads);
  if (node.kind === 'array') {
    let last: Float64Array = new Float64Array(length);
    return {
      compute() {
        last = node.values();
      },
      writeTo: (row) => row.set(last),
    };
  }
  const value = node.kind === 'constant' ? () => node.value : node.value;
  let last = 0;
  return {
    compute() {
      last = value();
    },
    writeTo: (row) => row.fill(last),
  };
}

function compile(equation: Equation, length: number, reads: RowReads): Node {
  switch (equation.kind) {
    case 'number':
      return { kind: 'constant', value: equation.value };
    case 'symbol': {
      const read = reads(equation.name);
      if ('constant' in read) return { kind: 'constant', value: read.constant };
      return 'number' in read ? { kind: 'number', value: read.number } : { kind: 'array', values: read.array };
    }
    case 'negative':
      return combined([{ kind: 'constant', value: 0 }, compile(equation.of, length, reads)], operators['-'], length);
    case 'binary': {
      const parts = [compile(equation.left, length, reads), compile(equation.right, length, reads)];
      return product(equation.operator, parts, length) ?? combined(parts, operators[equation.operator], length);
    }
    case 'call':
      return combined(
        equation.parameters.map((each) => compile(each, length, reads)),
        functions[equation.name].evaluate,
        length,
      );
  }
}

type Operation = (a: number, b: number, c: number) => number;

function combined(parts: readonly Node[], operation: Operation, length: number): Node {
  const constants = parts.map((part) => (part.kind === 'constant' ? part.value : undefined));
  if (constants.every((each) => each !== undefined)) {
    const [a = 0, b = 0, c = 0] = constants;
    return { kind: 'constant', value: operation(a, b, c) };
  }
  const [a, b, c] = [0, 1, 2].map((index) => parts[index] ?? { kind: 'constant' as const, value: 0 });
  if (parts.every((part) => part.kind !== 'array')) {
    const [x, y, z] = [numberOf(a!), numberOf(b!), numberOf(c!)];
    return { kind: 'number', value: () => operation(x(), y(), z()) };
  }
  const out = new Float64Array(length);
  const [x, y, z] = [arrayOf(a!, length), arrayOf(b!, length), arrayOf(c!, length)];
  return {
    kind: 'array',
    values() {
      const [first, second, third] = [x(), y(), z()];
      for (let i = 0; i < length; i++) out[i] = operation(first[i]!, second[i]!, third[i]!);
      return out;
    },
  };
}

const numberOf = (node: Node): (() => number) => {
  if (node.kind === 'constant') return () => node.value;
  if (node.kind === 'number') return node.value;
  throw new TypeError('an array where a number was expected');
};

function arrayOf(node: Node, length: number): () => Float64Array {
  if (node.kind === 'array') return node.values;
  const out = new Float64Array(length);
  if (node.kind === 'constant') {
    out.fill(node.value);
    return () => out;
  }
  return () => out.fill(node.value());
}

/** Sums, differences and products with loops of their own: nearly all the time goes there. */
function product(operator: BinaryOperator, [a, b]: readonly Node[], length: number): Node | undefined {
  if (a === undefined || b === undefined || (a.kind !== 'array' && b.kind !== 'array')) return undefined;
  const out = new Float64Array(length);
  if (a.kind === 'array' && b.kind === 'array') {
    const [x, y] = [a.values, b.values];
    const loop = pairLoops[operator];
    return loop === undefined ? undefined : { kind: 'array', values: () => loop(x(), y(), out) };
  }
  const loop = a.kind === 'array' ? rightLoops[operator] : leftLoops[operator];
  const [array, single] =
    a.kind === 'array' ? [a.values, numberOf(b)] : [(b as { values: () => Float64Array }).values, numberOf(a)];
  return loop === undefined ? undefined : { kind: 'array', values: () => loop(array(), single(), out) };
}

type PairLoop = (x: Float64Array, y: Float64Array, out: Float64Array) => Float64Array;
type SingleLoop = (x: Float64Array, y: number, out: Float64Array) => Float64Array;

const pairLoops: Readonly<Partial<Record<BinaryOperator, PairLoop>>> = {
  '+': (x, y, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! + y[i]!;
    return out;
  },
  '-': (x, y, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! - y[i]!;
    return out;
  },
  '*': (x, y, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! * y[i]!;
    return out;
  },
};
/** Array first, number second. */
const rightLoops: Readonly<Partial<Record<BinaryOperator, SingleLoop>>> = {
  '+': (x, y, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! + y;
    return out;
  },
  '-': (x, y, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! - y;
    return out;
  },
  '*': (x, y, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! * y;
    return out;
  },
};
/** Number first in the equation. */
const leftLoops: typeof rightLoops = {
  '+': rightLoops['+']!,
  '*': rightLoops['*']!,
  '-': (x, y, out) => {
    for (let i = 0; i < out.length; i++) out[i] = y - x[i]!;
    return out;
  },
};
