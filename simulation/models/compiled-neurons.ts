// The whole numbers of a population for its kernel; simulation process.
import { rootsOfStep } from '../kernel/step-roots.ts';
import { tablesOf } from '../kernel/write-out.ts';
import { normalTable } from '../network/normal-table.ts';
import { exponentialTable, relaxationTable } from './interpolate.ts';
import type { NeuronModel } from './neuron-model.ts';

export interface CompiledNeurons {
  /** Of the kernel. */
  readonly model: NeuronModel;
  /** In the order of the model. */
  readonly parameters: Int32Array;
  /** What the kernel looks into, in the order of `tableNames`. */
  readonly tables: readonly Int32Array[];
  /** For each variable of the state, what it is in all neurons at the beginning. */
  readonly initial: readonly number[];
  /** What a weight of 1 mV or 1 nS is as a whole number. */
  readonly weightUnit: number;
  /** Index of the receptor that takes what excites, and what inhibits. */
  readonly receptors: { readonly excitatory: number; readonly inhibitory: number };
  /** Potentials are this far above what the first variable of the state says, in mV; undefined where there is no potential. */
  readonly restMillivolts: number | undefined;
}

/** @returns the tables that a model's kernel looks into, in the order in which it takes them. */
export const tableNames = (model: NeuronModel): string[] => [...tablesOf(rootsOfStep(model))];

const sharedTables = { normalTable, exponentialTable, relaxationTable };

interface Numbers {
  readonly values: Readonly<Record<string, number>>;
  readonly tables?: Readonly<Record<string, Int32Array>>;
  readonly initial?: Readonly<Record<string, number>>;
  readonly weightUnit?: number;
  readonly restMillivolts?: number;
}

/** @param numbers parameters by name, tables of the population's own, and what begins above 0 */
export function compiledNeurons(model: NeuronModel, numbers: Numbers): CompiledNeurons {
  const tables: Readonly<Record<string, Int32Array>> = { ...sharedTables, ...numbers.tables };
  return {
    model,
    parameters: Int32Array.from(model.parameters, (name) => numbers.values[name] ?? 0),
    tables: tableNames(model).map((name) => tables[name]!),
    initial: model.state.map((name) => numbers.initial?.[name] ?? 0),
    weightUnit: numbers.weightUnit ?? 0x10000,
    receptors: { excitatory: 0, inhibitory: model.receptors.length - 1 },
    restMillivolts: numbers.restMillivolts,
  };
}
