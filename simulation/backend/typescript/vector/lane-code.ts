// Writes expressions of lanes as WebAssembly: what is used twice is kept; simulation process.
import { assert } from '../../../../common/base/assert.ts';
import type { LaneNode, LaneOperator } from './lane-expression.ts';
import { opcodes, signedBytes, unsignedBytes, vectorOpcodes } from './wasm-binary.ts';

const lanes = 4;

export const vector = (name: keyof typeof vectorOpcodes, ...more: readonly number[]): number[] => [
  0xfd,
  ...unsignedBytes(vectorOpcodes[name]),
  ...more,
];

/** Where in memory something is read or written, beside the address on the stack; multiples of 16 bytes. */
export const at = (offset: number): number[] => [4, ...unsignedBytes(offset)];

const operations = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '&': 'and',
  '^': 'xor',
  '<<': 'shiftLeft',
  '>>': 'shiftRight',
  '>>>': 'shiftRightLogical',
  min: 'min',
  max: 'max',
} as const satisfies Record<LaneOperator, keyof typeof vectorOpcodes>;
const comparisons = { '<': 'isBelow', '<=': 'isAtMost', '!=': 'differs' } as const;

const isShift = (operator: LaneOperator) => operator === '<<' || operator === '>>' || operator === '>>>';

export interface LaneLocals {
  /** The locals that hold variables. */
  readonly variables: ReadonlyMap<string, number>;
  /** The first local for what is kept, and one for indices of a table. */
  readonly firstKept: number;
  readonly index: number;
  /** Where tables begin in memory. */
  readonly tables: ReadonlyMap<string, number>;
}

export class LaneCode {
  readonly #locals: LaneLocals;
  readonly #uses = new Map<LaneNode, number>();
  readonly #kept = new Map<LaneNode, number>();

  /** @param roots every expression that will be asked for */
  constructor(locals: LaneLocals, roots: readonly LaneNode[]) {
    this.#locals = locals;
    for (const root of roots) this.#count(root);
  }

  /** How many locals are used to keep something. */
  get kept(): number {
    return this.#kept.size;
  }

  /** @returns code that leaves it on the stack; to be carried out in the order in which it is asked for. */
  of(node: LaneNode): number[] {
    const kept = this.#kept.get(node);
    if (kept !== undefined) return [opcodes.get, ...unsignedBytes(kept)];
    const code = this.#write(node);
    if (node.kind === 'constant' || node.kind === 'variable' || this.#uses.get(node)! < 2) return code;
    const local = this.#locals.firstKept + this.#kept.size;
    this.#kept.set(node, local);
    return [...code, opcodes.tee, ...unsignedBytes(local)];
  }

  #count(node: LaneNode): void {
    const uses = (this.#uses.get(node) ?? 0) + 1;
    this.#uses.set(node, uses);
    if (uses === 1) for (const part of partsOf(node)) this.#count(part);
  }

  #write(node: LaneNode): number[] {
    switch (node.kind) {
      case 'constant':
        return vector('constant', ...new Uint8Array(Int32Array.from({ length: lanes }, () => node.value).buffer));
      case 'variable':
        return [opcodes.get, ...unsignedBytes(this.#locals.variables.get(node.name)!)];
      case 'int':
        return [...this.of(node.left), ...this.#right(node.operator, node.right), ...vector(operations[node.operator])];
      case 'lookup':
        return this.#lookup(node.table, node.index);
      case 'compare':
        return [...this.of(node.left), ...this.of(node.right), ...vector(comparisons[node.operator])];
      case 'bool':
        return [...this.of(node.left), ...this.of(node.right), ...vector(node.operator === '&&' ? 'and' : 'or')];
      case 'not':
        return [...this.of(node.of), ...vector('not')];
      case 'select': {
        // The condition is written last, and so are its parts.
        const [yes, no] = [this.of(node.yes), this.of(node.no)];
        return [...yes, ...no, ...this.of(node.condition), ...vector('select')];
      }
    }
  }

  #right(operator: LaneOperator, right: LaneNode): number[] {
    if (!isShift(operator)) return this.of(right);
    assert(right.kind === 'constant', 'all neurons of a population are shifted alike');
    return [opcodes.constant, ...signedBytes(right.value)];
  }

  /** Lane by lane. */
  #lookup(table: string, index: LaneNode): number[] {
    const local = unsignedBytes(this.#locals.index);
    const entry = (lane: number) => [
      opcodes.get,
      ...local,
      ...vector('extractLane', lane),
      ...[opcodes.constant, 2, opcodes.shiftLeft, opcodes.load, 2, ...unsignedBytes(this.#locals.tables.get(table)!)],
    ];
    return [
      ...this.of(index),
      ...[opcodes.set, ...local],
      ...entry(0),
      ...vector('splat'),
      ...[1, 2, 3].flatMap((lane) => [...entry(lane), ...vector('replaceLane', lane)]),
    ];
  }
}

function partsOf(node: LaneNode): readonly LaneNode[] {
  switch (node.kind) {
    case 'constant':
    case 'variable':
      return [];
    case 'int':
      // By how many bits is a part of the instruction.
      return isShift(node.operator) ? [node.left] : [node.left, node.right];
    case 'compare':
    case 'bool':
      return [node.left, node.right];
    case 'not':
      return [node.of];
    case 'lookup':
      return [node.index];
    case 'select':
      return [node.yes, node.no, node.condition];
  }
}
