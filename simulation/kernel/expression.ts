// The language in which neuron models are written once for all back ends: whole-number expressions of 32 bits that wrap round.

/** On two's-complement integers of 32 bits. Shifts are by 0 to 31; `>>>` shifts zeros in. */
export type IntOperator = '+' | '-' | '*' | '&' | '^' | '<<' | '>>' | '>>>';
/** Signed comparisons. */
export type BoolOperator = '<' | '<=' | '!=';

export type IntNode =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'int'; readonly operator: IntOperator; readonly left: IntNode; readonly right: IntNode }
  | { readonly kind: 'select'; readonly condition: BoolNode; readonly yes: IntNode; readonly no: IntNode }
  | { readonly kind: 'lookup'; readonly table: string; readonly index: IntNode }
  | { readonly kind: 'call'; readonly callee: IntFunction; readonly parameters: readonly IntNode[] };

export type BoolNode =
  | { readonly kind: 'compare'; readonly operator: BoolOperator; readonly left: IntNode; readonly right: IntNode }
  | { readonly kind: 'bool'; readonly operator: '&&' | '||'; readonly left: BoolNode; readonly right: BoolNode }
  | { readonly kind: 'not'; readonly of: BoolNode };

/** A function of whole numbers, written out in every language under its name. */
export interface IntFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: IntNode;
}

type Operand = Int | number;

/** A whole number of 32 bits in a model. */
export class Int {
  readonly node: IntNode;

  constructor(node: IntNode) {
    this.node = node;
  }

  plus(other: Operand): Int {
    return this.#with('+', other);
  }

  minus(other: Operand): Int {
    return this.#with('-', other);
  }

  /** The low 32 bits of the product. */
  times(other: Operand): Int {
    return this.#with('*', other);
  }

  and(other: Operand): Int {
    return this.#with('&', other);
  }

  xor(other: Operand): Int {
    return this.#with('^', other);
  }

  shiftLeft(bits: Operand): Int {
    return this.#with('<<', bits);
  }

  /** Keeps the sign: rounds towards −∞. */
  shiftRight(bits: Operand): Int {
    return this.#with('>>', bits);
  }

  shiftRightLogical(bits: Operand): Int {
    return this.#with('>>>', bits);
  }

  isBelow(other: Operand): Bool {
    return new Bool({ kind: 'compare', operator: '<', left: this.node, right: nodeOf(other) });
  }

  isAbove(other: Operand): Bool {
    return new Bool({ kind: 'compare', operator: '<', left: nodeOf(other), right: this.node });
  }

  isAtLeast(other: Operand): Bool {
    return new Bool({ kind: 'compare', operator: '<=', left: nodeOf(other), right: this.node });
  }

  differsFrom(other: Operand): Bool {
    return new Bool({ kind: 'compare', operator: '!=', left: this.node, right: nodeOf(other) });
  }

  #with(operator: IntOperator, other: Operand): Int {
    return new Int({ kind: 'int', operator, left: this.node, right: nodeOf(other) });
  }
}

/** A condition in a model. */
export class Bool {
  readonly node: BoolNode;

  constructor(node: BoolNode) {
    this.node = node;
  }

  and(other: Bool): Bool {
    return new Bool({ kind: 'bool', operator: '&&', left: this.node, right: other.node });
  }

  or(other: Bool): Bool {
    return new Bool({ kind: 'bool', operator: '||', left: this.node, right: other.node });
  }

  get not(): Bool {
    return new Bool({ kind: 'not', of: this.node });
  }

  /** Both are computed: there is no branch. */
  select(yes: Operand, no: Operand): Int {
    return new Int({ kind: 'select', condition: this.node, yes: nodeOf(yes), no: nodeOf(no) });
  }
}

/** @param value a whole number of 32 bits, signed */
export function constant(value: number): Int {
  if ((value | 0) !== value) throw new RangeError(`${value} is not a signed whole number of 32 bits`);
  return new Int({ kind: 'constant', value });
}

export function variable(name: string): Int {
  return new Int({ kind: 'variable', name });
}

/** @returns a variable for each name. */
export function variables<K extends string>(names: readonly K[]): Readonly<Record<K, Int>> {
  return Object.fromEntries(names.map((name) => [name, variable(name)])) as Record<K, Int>;
}

/** Entry of a table of whole numbers; `index` is inside it. */
export function lookup(table: string, index: Int): Int {
  return new Int({ kind: 'lookup', table, index: index.node });
}

function nodeOf(operand: Operand): IntNode {
  return typeof operand === 'number' ? constant(operand).node : operand.node;
}

/** Names an expression of some parameters. @returns the function, to be called in other expressions. */
export function define<const P extends readonly string[]>(
  name: string,
  parameters: P,
  body: (...variables: { [K in keyof P]: Int }) => Int,
): (...operands: { [K in keyof P]: Operand }) => Int {
  const variables = parameters.map(variable) as { [K in keyof P]: Int };
  const callee: IntFunction = { name, parameters, body: body(...variables).node };
  return (...operands) => new Int({ kind: 'call', callee, parameters: (operands as readonly Operand[]).map(nodeOf) });
}
