// Carries out one block of a learning rule for many synapses: the reference that the other back ends equal bit for bit; simulation process.
import type { Block, Instruction } from '../../common/learning-rule/program/program.ts';

/** Register of an instruction's operand: a number for each synapse, or one for all (then `mask` is 0). */
interface Operand {
  readonly values: Int32Array;
  readonly mask: number;
}

export class BlockRunner {
  readonly block: Block;
  /** For each input: fill one number for each synapse, or the first where it is the same for all. */
  readonly inputs: readonly Int32Array[];
  readonly #registers: readonly Operand[];

  /** @param length most synapses at once */
  constructor(block: Block, length: number) {
    this.block = block;
    this.#registers = block.isUniform.map((isUniform) =>
      isUniform ? { values: new Int32Array(1), mask: 0 } : { values: new Int32Array(length), mask: -1 },
    );
    this.inputs = this.#registers.slice(0, block.inputs.length).map(({ values }) => values);
  }

  /** Computes all registers for the first `count` synapses. */
  run(count: number): void {
    const { instructions, inputs, isUniform, tables } = this.block;
    for (const [index, instruction] of instructions.entries()) {
      const register = inputs.length + index;
      const into = this.#registers[register]!.values;
      carryOut(instruction, into, isUniform[register]! ? 1 : count, this.#registers, tables);
    }
  }

  /**
   * Stores a result for the first `count` synapses. @param output index among the block's. @param at place of each synapse in `to`
   * @returns how many were brought back to their bounds.
   */
  store(output: number, to: Int32Array, at: (synapse: number) => number, count: number): number {
    const { register, low, high, shiftLeft } = this.block.outputs[output]!;
    const { values, mask } = this.#registers[register]!;
    let beyond = 0;
    for (let synapse = 0; synapse < count; synapse++) {
      const value = values[synapse & mask]!;
      const bounded = value < low ? low : value > high ? high : value;
      if (bounded !== value) beyond++;
      to[at(synapse)] = bounded << shiftLeft;
    }
    return beyond;
  }
}

function carryOut(
  instruction: Instruction,
  into: Int32Array,
  count: number,
  registers: readonly Operand[],
  tables: readonly Int32Array[],
): void {
  if (instruction.kind === 'constant') {
    into[0] = instruction.value;
    return;
  }
  const { values: a, mask: ma } = registers[instruction.a]!;
  const { values: b, mask: mb } = 'b' in instruction ? registers[instruction.b]! : registers[instruction.a]!;
  switch (instruction.kind) {
    case 'add':
      for (let i = 0; i < count; i++) into[i] = a[i & ma]! + b[i & mb]!;
      return;
    case 'subtract':
      for (let i = 0; i < count; i++) into[i] = a[i & ma]! - b[i & mb]!;
      return;
    case 'min':
      for (let i = 0; i < count; i++) into[i] = Math.min(a[i & ma]!, b[i & mb]!);
      return;
    case 'max':
      for (let i = 0; i < count; i++) into[i] = Math.max(a[i & ma]!, b[i & mb]!);
      return;
    case 'below':
      for (let i = 0; i < count; i++) into[i] = Number(a[i & ma]! < b[i & mb]!);
      return;
    case 'atMost':
      for (let i = 0; i < count; i++) into[i] = Number(a[i & ma]! <= b[i & mb]!);
      return;
    case 'multiply':
      for (let i = 0; i < count; i++) into[i] = multiply(a[i & ma]!, b[i & mb]!, instruction.shift);
      return;
    case 'shiftLeft':
      for (let i = 0; i < count; i++) into[i] = a[i & ma]! << instruction.bits;
      return;
    case 'shiftRight':
      for (let i = 0; i < count; i++) into[i] = ((a[i & ma]! >> (instruction.bits - 1)) + 1) >> 1;
      return;
    case 'look': {
      const table = tables[instruction.table]!;
      const { low, shift } = instruction;
      const most = ((table.length - 1) << shift) - 1;
      for (let i = 0; i < count; i++) {
        const distance = Math.min(Math.max(a[i & ma]! - low, 0), most);
        const piece = distance >> shift;
        const from = table[piece]!;
        into[i] = from + multiply(table[piece + 1]! - from, distance & ((1 << shift) - 1), shift);
      }
    }
  }
}

const shifts = Array.from({ length: 64 }, (_, shift) => shift);
const halves = Float64Array.from(shifts, (shift) => (shift === 0 ? 0 : 2 ** (shift - 1)));
const reciprocals = Float64Array.from(shifts, (shift) => 2 ** -shift);

/** ⌊(a·b + 2^(shift−1)) / 2^shift⌋: exact, because the product has at most 53 bits, and a power of two changes no digit. */
export function multiply(a: number, b: number, shift: number): number {
  return Math.floor((a * b + halves[shift]!) * reciprocals[shift]!);
}
