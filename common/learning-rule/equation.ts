// An equation of a learning rule as a tree of real numbers; plain data that any process can hold.

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=';

/** Comparisons are 1 or 0. */
export type Equation =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Equation }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Equation; readonly right: Equation }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly parameters: readonly Equation[] };

/** What equations may call. */
export const functions = {
  abs: { parameters: 1, evaluate: Math.abs },
  exp: { parameters: 1, evaluate: Math.exp },
  log: { parameters: 1, evaluate: Math.log },
  sqrt: { parameters: 1, evaluate: Math.sqrt },
  tanh: { parameters: 1, evaluate: Math.tanh },
  /** 1 / (1 + exp(−x)) */
  logistic: { parameters: 1, evaluate: (x) => 1 / (1 + Math.exp(-x)) },
  sign: { parameters: 1, evaluate: Math.sign },
  /** x where it is above 0, else 0. */
  positive: { parameters: 1, evaluate: (x) => Math.max(0, x) },
  // Not Math.min itself, which would take whatever else it is given into account.
  min: { parameters: 2, evaluate: (x, y) => Math.min(x, y) },
  max: { parameters: 2, evaluate: (x, y) => Math.max(x, y) },
  /** clip(x, low, high) */
  clip: { parameters: 3, evaluate: (x, low, high) => Math.min(high!, Math.max(low!, x)) },
} as const satisfies Record<string, { parameters: number; evaluate: (x: number, low: number, high: number) => number }>;

/** What operators do. */
export const operators: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
};

export type FunctionName = keyof typeof functions;

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);

/** @returns the symbols that an equation reads, each once, in the order of reading. */
export function symbolsOf(equation: Equation): ReadonlySet<string> {
  const symbols = new Set<string>();
  visit(equation, (each) => {
    if (each.kind === 'symbol') symbols.add(each.name);
  });
  return symbols;
}

/** Calls for the equation and all its parts, outermost first. */
export function visit(equation: Equation, see: (part: Equation) => void): void {
  see(equation);
  for (const part of partsOf(equation)) visit(part, see);
}

export function partsOf(equation: Equation): readonly Equation[] {
  switch (equation.kind) {
    case 'number':
    case 'symbol':
      return [];
    case 'negative':
      return [equation.of];
    case 'binary':
      return [equation.left, equation.right];
    case 'call':
      return equation.parameters;
  }
}
