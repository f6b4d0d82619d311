// Puts the arrays of a population where WebAssembly sees them, and makes its step; simulation process.
import { tableNames } from '../../../models/compiled-neurons.ts';
import type { NeuronModel } from '../../../models/neuron-model.ts';
import type { SpikeList } from '../../../spike-list.ts';
import type { PopulationArrays } from '../population-arrays.ts';
import { bytesFor, stepModule } from './step-module.ts';

interface Memory {
  readonly buffer: ArrayBuffer;
}

/** What is used of WebAssembly, whose types belong to browsers. */
interface Engine {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  readonly Memory: new (limits: { initial: number; maximum: number }) => Memory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}
const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: Engine | undefined };

const pageBytes = 65_536;

/** As the functions of step-kernels.ts. @param arrays its own */
type Kernel = (arrays: PopulationArrays, stepKey: number, fired: SpikeList) => number;

export interface VectorKernel {
  /** Those that were given, in the memory of the kernel. */
  readonly arrays: PopulationArrays;
  readonly kernel: Kernel;
  /** @returns the kernel of the same neurons with other parameters, which are a part of its code; undefined as below. */
  withParameters(parameters: Int32Array): Kernel | undefined;
}

/**
 * The same as a kernel of step-kernels.ts, for four neurons at once.
 * @param given are copied
 * @returns undefined where this JavaScript has no such instructions, or no memory for it.
 */
export function openVectorKernel(model: NeuronModel, given: PopulationArrays): VectorKernel | undefined {
  const { neurons, randomKey, parameters } = given;
  if (neurons === 0) return undefined;
  let end = bytesFor(1);
  const place = (values: number) => {
    const begin = end;
    end += bytesFor(values);
    return begin;
  };
  const layout = {
    neurons,
    saturated: 0,
    state: given.state.map(() => place(neurons)),
    received: given.received.map(() => place(neurons)),
    tables: new Map(tableNames(model).map((name, index) => [name, place(given.tables[index]!.length)] as const)),
    fired: place(neurons),
  };
  const memory = memoryOf(Math.ceil(end / pageBytes));
  if (memory === undefined) return undefined;
  const putAt = (at: number, values: Int32Array) => {
    const own = new Int32Array(memory.buffer, at, values.length);
    own.set(values);
    return own;
  };
  const arrays: PopulationArrays = {
    ...given,
    state: given.state.map((values, index) => putAt(layout.state[index]!, values)),
    received: given.received.map((values, index) => putAt(layout.received[index]!, values)),
    tables: [...layout.tables.values()].map((at, index) => putAt(at, given.tables[index]!)),
  };
  const saturated = new Int32Array(memory.buffer, layout.saturated, 1);
  const listed = new Uint32Array(memory.buffer, layout.fired, neurons);
  const withParameters = (of: Int32Array): Kernel | undefined => {
    const step = stepOf(stepModule(model, of, randomKey, layout), memory);
    if (step === undefined) return undefined;
    return (_, stepKey, fired) => {
      const count = (step(stepKey) - layout.fired) / listed.BYTES_PER_ELEMENT;
      for (let index = 0; index < count; index++) fired.add(listed[index]!);
      return saturated[0]!;
    };
  };
  const kernel = withParameters(parameters);
  return kernel === undefined ? undefined : { arrays, kernel, withParameters };
}

function memoryOf(pages: number): Memory | undefined {
  try {
    return engine === undefined ? undefined : new engine.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    // Every memory takes room among addresses.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function stepOf(bytes: Uint8Array<ArrayBuffer>, memory: Memory): ((stepKey: number) => number) | undefined {
  if (engine?.validate(bytes) !== true) return undefined;
  const { exports } = new engine.Instance(new engine.Module(bytes), { environment: { memory } });
  return exports['step'] as (stepKey: number) => number;
}
