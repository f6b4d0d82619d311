// The written-out kernels compute what the models say, for any state and parameters.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assert } from '../../common/base/assert.ts';
import type { PopulationArrays } from '../backend/typescript/population-arrays.ts';
import { stepKernels } from '../backend/typescript/step-kernels.ts';
import { openVectorKernel } from '../backend/typescript/vector/open-vector-kernel.ts';
import type { NeuronModel } from '../models/neuron-model.ts';
import { neuronModels } from '../models/neuron-models.ts';
import { tableNames } from '../models/compiled-neurons.ts';
import { exponentialTable, relaxationTable } from '../models/interpolate.ts';
import { backgroundTable } from '../models/noise.ts';
import { normalTable } from '../network/normal-table.ts';
import { mix } from '../network/random.ts';
import { SpikeList } from '../spike-list.ts';
import { evaluate, holds } from './evaluate.fixture.ts';

const neurons = 5;
const tables: Readonly<Record<string, Int32Array>> = {
  normalTable,
  exponentialTable,
  relaxationTable,
  backgroundTable: backgroundTable(1.5),
};
const number = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.integer({ min: -(2 ** 21), max: 2 ** 21 }),
  fc.constantFrom(0, 1, -1, 2 ** 29, -(2 ** 29)),
);
/** Shifts only shift by 1 to 31. */
const parameterOf = (name: string) => (name.endsWith('Shift') ? fc.integer({ min: 1, max: 31 }) : number);

type StepKernel = (population: PopulationArrays, stepKey: number, fired: SpikeList) => number;
const plain: Readonly<Record<string, StepKernel>> = stepKernels;

const kinds: readonly [
  kind: string,
  open: (model: NeuronModel, arrays: PopulationArrays) => { arrays: PopulationArrays; kernel: StepKernel },
][] = [
  ['one by one', (model, arrays) => ({ arrays, kernel: plain[model.name]! })],
  [
    'four at once',
    (model, arrays) => {
      const opened = openVectorKernel(model, arrays);
      assert(opened !== undefined, 'this JavaScript has WebAssembly with vectors');
      return opened;
    },
  ],
];

describe.each(neuronModels.map((model) => [model.name, model] as const))('the kernel %s', (_, model) => {
  it.each(kinds)('computes neurons, %s, as its model says', (_kind, open) => {
    const perNeuron = fc.array(number, { minLength: neurons, maxLength: neurons });
    const list = (names: readonly string[]) => fc.tuple(...names.map(() => perNeuron));
    fc.assert(
      fc.property(
        list(model.state),
        list(model.receptors),
        fc.tuple(...model.parameters.map(parameterOf)),
        fc.nat(),
        fc.nat(),
        (state, received, parameters, randomKey, stepKey) => {
          const { arrays, kernel } = open(model, {
            neurons,
            state: state.map((values) => Int32Array.from(values)),
            received: received.map((values) => Int32Array.from(values)),
            parameters: Int32Array.from(parameters),
            tables: tableNames(model).map((each) => tables[each]!),
            randomKey,
          });
          const fired = new SpikeList();
          const saturated = kernel(arrays, stepKey, fired);
          const environments = Array.from({ length: neurons }, (_, neuron) => ({
            tables,
            variables: {
              ...Object.fromEntries(model.state.map((each, index) => [each, state[index]![neuron]!])),
              ...Object.fromEntries(model.receptors.map((each, index) => [each, received[index]![neuron]!])),
              ...Object.fromEntries(model.parameters.map((each, index) => [each, parameters[index]!])),
              randomBits: mix(mix((neuron + randomKey) | 0) ^ stepKey) | 0,
            },
          }));
          for (const [index, each] of model.state.entries()) {
            const expected = environments.map((environment) => evaluate(model.step.next[each]!.node, environment));
            expect([...arrays.state[index]!]).toEqual(expected);
          }
          const firing = environments.flatMap((environment, neuron) =>
            holds(model.step.fires.node, environment) ? [neuron] : [],
          );
          expect([...fired.view()]).toEqual(firing);
          const { isSaturated } = model.step;
          expect(saturated).toBe(
            environments.filter((each) => isSaturated !== undefined && holds(isSaturated.node, each)).length,
          );
          expect(arrays.received.every((values) => values.every((value) => value === 0))).toBe(true);
        },
      ),
    );
  });
});
