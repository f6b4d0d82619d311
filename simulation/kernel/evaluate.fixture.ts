// Computes expressions directly, with integers of any size brought back to 32 bits: what every written-out kernel is compared with.
import type { BoolNode, IntNode, IntOperator } from './expression.ts';

export interface Environment {
  variables: Readonly<Record<string, number>>;
  tables?: Readonly<Record<string, ArrayLike<number>>>;
}

const signed = (value: bigint) => Number(BigInt.asIntN(32, value));
const unsigned = (value: number) => BigInt.asUintN(32, BigInt(value));

export function evaluate(node: IntNode, environment: Environment): number {
  const of = (part: IntNode) => evaluate(part, environment);
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'variable': {
      const value = environment.variables[node.name];
      if (value === undefined) throw new Error(`no value for '${node.name}'`);
      return value;
    }
    case 'int':
      return operate(node.operator, of(node.left), of(node.right));
    case 'select':
      return holds(node.condition, environment) ? of(node.yes) : of(node.no);
    case 'lookup':
      return environment.tables![node.table]![of(node.index)]!;
    case 'call': {
      const { parameters, body } = node.callee;
      const variables = Object.fromEntries(parameters.map((name, index) => [name, of(node.parameters[index]!)]));
      return evaluate(body, { ...environment, variables });
    }
  }
}

export function holds(node: BoolNode, environment: Environment): boolean {
  switch (node.kind) {
    case 'compare': {
      const [left, right] = [evaluate(node.left, environment), evaluate(node.right, environment)];
      if (node.operator === '!=') return left !== right;
      return node.operator === '<' ? left < right : left <= right;
    }
    case 'bool':
      return node.operator === '&&'
        ? holds(node.left, environment) && holds(node.right, environment)
        : holds(node.left, environment) || holds(node.right, environment);
    case 'not':
      return !holds(node.of, environment);
  }
}

function operate(operator: IntOperator, left: number, right: number): number {
  const [a, b] = [BigInt(left), BigInt(right)];
  switch (operator) {
    case '+':
      return signed(a + b);
    case '-':
      return signed(a - b);
    case '*':
      return signed(a * b);
    case '&':
      return signed(a & b);
    case '^':
      return signed(a ^ b);
    case '<<':
      return signed(a << b);
    case '>>':
      return signed(a >> b);
    case '>>>':
      return signed(unsigned(left) >> b);
  }
}
