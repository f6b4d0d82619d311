// Every instruction of a learning program gives the same whole number on a graphics processor, also at the ends of its range.
import { describe, expect, it } from 'vitest';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import type { Block, Instruction, Output } from '../../common/learning-rule/program/program.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
import { mix } from '../../simulation/network/random.ts';
import { openOnGpu, whyNoGpu } from '../support/software-gpu.ts';

const reason = await whyNoGpu();
if (reason !== undefined) console.log(`Instructions are not tested on a graphics processor: ${reason}`);

const first = compileNetwork(
  configurationOf({
    populations: [{ name: 'all', neurons: 40, model: 'lif' }],
    projections: [
      {
        name: 'learning',
        from: 'all',
        to: 'all',
        connections: { kind: 'random', probability: 1 },
        weightMillivolts: 1,
        plasticity: { rule: 'pair-stdp' },
      },
    ],
  }),
);
const synapses = first.projections[0]!.targets.length;

/** In each step each instruction is carried out for each synapse, on variables 0 and 1, with its result in a variable of its own. */
function computing(instructions: readonly Instruction[], results: readonly number[], tables: readonly Int32Array[]) {
  const outputs = results.map((register, index): Output => {
    return { register, variable: 2 + index, low: -(2 ** 31), high: 2 ** 31 - 1, shiftLeft: 0, isFaultBeyond: true };
  });
  const block: Block = {
    inputs: [0, 1].map((index) => ({ kind: 'variable', index })),
    instructions,
    isUniform: [false, false, ...instructions.map(({ kind }) => kind === 'constant')],
    outputs,
    tables,
  };
  const variables = Array.from({ length: 2 + outputs.length }, (_, index) => {
    return { symbol: `v${index}`, bounds: '', assignments: [], initial: 0, binaryPlaces: 0 };
  });
  const projections = first.projections.map((each) => ({
    ...each,
    rule: each.rule && { ...each.rule, blocks: { step: block }, variables },
  }));
  return { ...first, projections };
}

/** Numbers from −2^bits to 2^bits: the ends, what lies about 0, small and large ones. */
const operands = (bits: number, key: number) =>
  Int32Array.from({ length: synapses }, (_, index) => {
    const extremes = [0, 1, -1, 2 ** bits, -(2 ** bits), 2 ** bits - 1, 1 - 2 ** bits, 2 ** 12, -(2 ** 12) - 1];
    const drawn = mix(index + key * synapses) >> (31 - bits);
    return extremes[index % 31] ?? drawn >> (index % 17 === 0 ? index % bits : 0);
  });

async function expectSame(network: CompiledNetwork, a: Int32Array, b: Int32Array): Promise<void> {
  const reference = new TypescriptBackend(network);
  const gpu = await openOnGpu(network);
  const { step, arrays } = reference.state();
  const state = { step, arrays: { ...arrays, 'projection/0/variable/0': a, 'projection/0/variable/1': b } };
  reference.restore(state);
  gpu.restore(state);
  reference.step(new Uint16Array(0), 0);
  await gpu.step(new Uint16Array(0), 0);
  const [expected, found] = [reference.state().arrays, (await gpu.state()).arrays];
  for (const [name, values] of Object.entries(expected)) expect(found[name], name).toEqual(values);
  expect(expected['projection/0/variable/2']!.some((value) => value !== 0)).toBe(true);
  gpu.dispose();
}

describe.runIf(reason === undefined)('a learning program on a graphics processor', () => {
  it('multiplies numbers of 29 and 23 bits with every shift to the last bit', async () => {
    const shifts = Array.from({ length: 46 }, (_, shift) => shift);
    // What does not fit otherwise is made smaller first.
    const instructions = shifts.flatMap((shift, index): Instruction[] => [
      { kind: 'shiftRight', a: 0, bits: Math.max(1, 23 - shift) },
      { kind: 'multiply', a: shift < 23 ? 2 + 2 * index : 0, b: 1, shift },
    ]);
    const results = shifts.map((_, index) => 2 + 2 * index + 1);
    await expectSame(computing(instructions, results, []), operands(29, 1), operands(23, 2));
  }, 60_000);

  it('looks into tables between their entries and beyond their ends', async () => {
    const tables = [1, 4, 12, 21].map((shift) =>
      Int32Array.from({ length: 514 }, (_, entry) => mix(1000 * shift + entry) >> 3),
    );
    const looks = tables.flatMap((_, table): Instruction[] =>
      [-(2 ** 29), -100, 0, 12_345].map((low) => ({ kind: 'look', a: 0, table, low, shift: [1, 4, 12, 21][table]! })),
    );
    const results = looks.map((_, index) => 2 + index);
    const values = operands(29, 3).map((value, index) => (index % 2 === 0 ? value : value >> (index % 29)));
    await expectSame(computing(looks, results, tables), values, operands(23, 4));
  }, 60_000);

  it('adds, compares, chooses and shifts to the last bit', async () => {
    const kinds = ['add', 'subtract', 'min', 'max', 'below', 'atMost'] as const;
    const binary = kinds.flatMap((kind): Instruction[] => [
      { kind, a: 0, b: 1 },
      { kind, a: 1, b: 1 },
      { kind, a: 0, b: 2 },
    ]);
    const shifts = [1, 2, 7, 15, 30, 31].flatMap((bits): Instruction[] => [
      { kind: 'shiftRight', a: 0, bits },
      { kind: 'shiftLeft', a: 1, bits },
    ]);
    const instructions: Instruction[] = [{ kind: 'constant', value: -(2 ** 29) }, ...binary, ...shifts];
    const results = instructions.map((_, index) => 2 + index);
    await expectSame(computing(instructions, results, []), operands(30, 5), operands(30, 6));
  }, 60_000);
});
