// The WebAssembly module that advances one population by a step, four neurons at once; simulation process.
import { rootsOfStep, randomBits } from '../../../kernel/step-roots.ts';
import { variablesOf } from '../../../kernel/write-out.ts';
import type { NeuronModel } from '../../../models/neuron-model.ts';
import { at, LaneCode, vector } from './lane-code.ts';
import { LaneExpressions, type LaneNode } from './lane-expression.ts';
import { opcodes, unsignedBytes, signedBytes, wasmModule } from './wasm-binary.ts';

/** Where the arrays of a population begin in memory: multiples of 16 bytes, each with room for whole fours of neurons. */
export interface StepLayout {
  readonly neurons: number;
  readonly state: readonly number[];
  readonly received: readonly number[];
  /** By name. */
  readonly tables: ReadonlyMap<string, number>;
  /** How many neurons were brought back to their bounds in the last step. */
  readonly saturated: number;
  /** Neurons that fired in the last step, as many as there are at most. */
  readonly fired: number;
}

// The parameter, the locals of whole numbers and the first of vectors.
const [stepKey, place, next, mask, saturated, index] = [0, 1, 2, 3, 4, 5] as const;
const integers = 4;
const firstVariable = index + 1;
const bytesAtOnce = 16;

/** @returns how many bytes so many numbers of 32 bits take, in whole fours. */
export const bytesFor = (numbers: number): number => Math.ceil(numbers / 4) * bytesAtOnce;
const noResult = 0x40;

const get = (local: number) => [opcodes.get, ...unsignedBytes(local)];
const set = (local: number) => [opcodes.set, ...unsignedBytes(local)];
const tee = (local: number) => [opcodes.tee, ...unsignedBytes(local)];
const number = (value: number) => [opcodes.constant, ...signedBytes(value)];
/** Of single numbers. */
const atWord = (offset: number) => [2, ...unsignedBytes(offset)];

/**
 * The module's `step` takes the key of the step and returns where the list of neurons that fired ends.
 * @param parameters of the population, in the order of the model
 */
export function stepModule(
  model: NeuronModel,
  parameters: Int32Array,
  randomKey: number,
  layout: StepLayout,
): Uint8Array<ArrayBuffer> {
  const lanes = new LaneExpressions();
  const known = new Map<string, LaneNode>(
    model.parameters.map((name, at) => [name, lanes.constant(parameters[at]!)] as const),
  );
  if (model.isRandom)
    known.set('randomBits', lanes.of(randomBits, new Map([['randomKey', lanes.constant(randomKey | 0)]])));
  const { step } = model;
  const written = (node: Parameters<LaneExpressions['of']>[0]) => lanes.of(node, known);
  const nextState = model.state.map((name) => written(step.next[name]!.node));
  const fires = written(step.fires.node);
  const isSaturated = step.isSaturated && written(step.isSaturated.node);
  const used = variablesOf(rootsOfStep(model));

  const variables = new Map<string, number>();
  const local = (name: string) => {
    variables.set(name, firstVariable + variables.size);
    return set(variables.get(name)!);
  };
  const before = model.isRandom ? [...get(stepKey), ...vector('splat'), ...local('stepKey')] : [];
  const loads = [
    ...(model.isRandom ? [...neuronNumbers, ...local('neuron')] : []),
    ...model.state.flatMap((name, index) =>
      used.has(name) ? [...get(place), ...vector('load', ...at(layout.state[index]!)), ...local(name)] : [],
    ),
    ...model.receptors.flatMap((name, index) => [
      ...[...get(place), ...vector('load', ...at(layout.received[index]!)), ...local(name)],
      ...[...get(place), ...vector('constant', ...nothing), ...vector('store', ...at(layout.received[index]!))],
    ]),
  ];
  const firstKept = firstVariable + variables.size;
  const code = new LaneCode({ variables, firstKept, index, tables: layout.tables }, [
    ...nextState,
    fires,
    ...(isSaturated === undefined ? [] : [isSaturated]),
  ]);
  const stores = nextState.flatMap((node, index) => [
    ...get(place),
    ...code.of(node),
    ...vector('store', ...at(layout.state[index]!)),
  ]);
  const there = lanesThere(layout.neurons);
  const firing = ifAny(code.of(fires), [...there, ...listFired]);
  const counting =
    isSaturated === undefined
      ? []
      : ifAny(code.of(isSaturated), [...there, ...get(mask), opcodes.countOnes, ...addTo(saturated)]);
  const end = bytesFor(layout.neurons);
  return wasmModule({
    parameters: 1,
    integers,
    vectors: 1 + variables.size + code.kept,
    code: [
      ...[...number(layout.fired), ...set(next), ...before],
      ...[opcodes.loop, noResult, ...loads, ...stores, ...firing, ...counting],
      ...[...get(place), ...number(bytesAtOnce), opcodes.add, ...tee(place), ...number(end), opcodes.isBelow],
      ...[opcodes.branchIf, 0, opcodes.end],
      ...[...number(layout.saturated), ...get(saturated), opcodes.store, ...atWord(0), ...get(next)],
    ],
  });
}

const nothing = Array<number>(bytesAtOnce).fill(0);
const addTo = (local: number) => [...get(local), opcodes.add, ...set(local)];
/** Of the place. */
const firstNeuron = [...get(place), ...number(2), opcodes.shiftRight];
const neuronNumbers = [
  ...[...firstNeuron, ...vector('splat')],
  ...[...vector('constant', ...new Uint8Array(Int32Array.of(0, 1, 2, 3).buffer)), ...vector('add')],
];

/** @param condition of lanes; a bit for each goes to `mask` */
const ifAny = (condition: readonly number[], code: readonly number[]) => [
  ...[...condition, ...vector('bitmask'), ...tee(mask)],
  ...[opcodes.if, noResult, ...code, opcodes.end],
];

/** Takes the bits of lanes that hold no neuron out of `mask`. */
const lanesThere = (neurons: number) => [
  ...[...get(mask), ...number(15), ...number((1 << (neurons % 4)) - 1)],
  ...[...get(place), ...number(Math.floor(neurons / 4) * bytesAtOnce), opcodes.isBelow, opcodes.choose],
  ...[opcodes.and, ...set(mask)],
];

const listFired = [
  ...[...get(mask), opcodes.if, noResult, opcodes.loop, noResult],
  ...[...get(next), ...firstNeuron, ...get(mask), opcodes.countTrailingZeros, opcodes.add, opcodes.store, ...atWord(0)],
  ...[...number(4), ...addTo(next)],
  ...[...get(mask), ...get(mask), ...number(1), opcodes.subtract, opcodes.and, ...tee(mask)],
  ...[opcodes.branchIf, 0, opcodes.end, opcodes.end],
];
