// A model's step as it is computed for four neurons at once: calls written out, parameters put in, nothing twice; simulation process.
import type { BoolNode, BoolOperator, IntFunction, IntNode, IntOperator } from '../../../kernel/expression.ts';

export type LaneOperator = IntOperator | 'min' | 'max';

/** Of four neurons: whole numbers of 32 bits, or for conditions all bits of a lane. The same expression is the same object. */
export type LaneNode =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'int'; readonly operator: LaneOperator; readonly left: LaneNode; readonly right: LaneNode }
  | { readonly kind: 'lookup'; readonly table: string; readonly index: LaneNode }
  | { readonly kind: 'compare'; readonly operator: BoolOperator; readonly left: LaneNode; readonly right: LaneNode }
  | { readonly kind: 'bool'; readonly operator: '&&' | '||'; readonly left: LaneNode; readonly right: LaneNode }
  | { readonly kind: 'not'; readonly of: LaneNode }
  | { readonly kind: 'select'; readonly condition: LaneNode; readonly yes: LaneNode; readonly no: LaneNode };

type Node = IntNode | BoolNode;
type Variables = ReadonlyMap<string, LaneNode>;

/** Makes expressions of lanes from those of models. */
export class LaneExpressions {
  readonly #known = new Map<string, LaneNode>();
  readonly #ids = new Map<LaneNode, number>();

  constant(value: number): LaneNode {
    return this.#same({ kind: 'constant', value }, `${value}`);
  }

  variable(name: string): LaneNode {
    return this.#same({ kind: 'variable', name }, name);
  }

  /** @param variables what variables stand for; others stay */
  of(node: Node, variables: Variables): LaneNode {
    return new Writing(this, variables).of(node);
  }

  int(operator: LaneOperator, left: LaneNode, right: LaneNode): LaneNode {
    if (left.kind === 'constant' && right.kind === 'constant')
      return this.constant(computed(operator, left.value, right.value));
    const isNothing = right.kind === 'constant' && right.value === 0 && operator !== '*' && operator !== '&';
    if (isNothing && operator !== 'min' && operator !== 'max') return left;
    return this.#same({ kind: 'int', operator, left, right }, operator, left, right);
  }

  lookup(table: string, index: LaneNode): LaneNode {
    return this.#same({ kind: 'lookup', table, index }, `look ${table}`, index);
  }

  compare(operator: BoolOperator, left: LaneNode, right: LaneNode): LaneNode {
    return this.#same({ kind: 'compare', operator, left, right }, operator, left, right);
  }

  bool(operator: '&&' | '||', left: LaneNode, right: LaneNode): LaneNode {
    return this.#same({ kind: 'bool', operator, left, right }, operator, left, right);
  }

  not(of: LaneNode): LaneNode {
    return this.#same({ kind: 'not', of }, 'not', of);
  }

  select(condition: LaneNode, yes: LaneNode, no: LaneNode): LaneNode {
    return this.#same({ kind: 'select', condition, yes, no }, 'select', condition, yes, no);
  }

  #same(node: LaneNode, what: string, ...parts: readonly LaneNode[]): LaneNode {
    const key = [what, ...parts.map((part) => this.#ids.get(part)!)].join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, node);
    this.#ids.set(node, this.#ids.size);
    return node;
  }
}

/** One expression, or the body of one call. */
class Writing {
  readonly #lanes: LaneExpressions;
  readonly #variables: Variables;
  readonly #written = new Map<Node, LaneNode>();

  constructor(lanes: LaneExpressions, variables: Variables) {
    this.#lanes = lanes;
    this.#variables = variables;
  }

  of(node: Node): LaneNode {
    const written = this.#written.get(node) ?? this.#write(node);
    this.#written.set(node, written);
    return written;
  }

  #write(node: Node): LaneNode {
    const lanes = this.#lanes;
    switch (node.kind) {
      case 'constant':
        return lanes.constant(node.value);
      case 'variable':
        return this.#variables.get(node.name) ?? lanes.variable(node.name);
      case 'int':
        return lanes.int(node.operator, this.of(node.left), this.of(node.right));
      case 'lookup':
        return lanes.lookup(node.table, this.of(node.index));
      case 'compare':
        return lanes.compare(node.operator, this.of(node.left), this.of(node.right));
      case 'bool':
        return lanes.bool(node.operator, this.of(node.left), this.of(node.right));
      case 'not':
        return lanes.not(this.of(node.of));
      case 'select':
        return lanes.select(this.of(node.condition), this.of(node.yes), this.of(node.no));
      case 'call':
        return this.#call(
          node.callee,
          node.parameters.map((each) => this.of(each)),
        );
    }
  }

  #call({ name, parameters, body }: IntFunction, operands: readonly LaneNode[]): LaneNode {
    const lanes = this.#lanes;
    // Its bound is never below 0, so that the order of the two does not matter.
    if (name === 'clamped') {
      const [value, bound] = operands as [LaneNode, LaneNode];
      return lanes.int('min', lanes.int('max', value, lanes.int('*', bound, lanes.constant(-1))), bound);
    }
    return lanes.of(body, new Map(parameters.map((each, index) => [each, operands[index]!])));
  }
}

function computed(operator: LaneOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return (a + b) | 0;
    case '-':
      return (a - b) | 0;
    case '*':
      return Math.imul(a, b);
    case '&':
      return a & b;
    case '^':
      return a ^ b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '>>>':
      return (a >>> b) | 0;
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
  }
}
