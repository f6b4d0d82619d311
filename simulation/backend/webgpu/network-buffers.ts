// The buffers of a network on a graphics processor, with what they hold before the first step; simulation process.
import { shortTermUnit } from '../../learning/short-term.ts';
import { toColumns } from '../../network/columns.ts';
import type { CompiledNetwork, CompiledProjection } from '../../network/compiled-network.ts';
import type { GpuArrays } from './gpu-arrays.ts';
import type { NetworkLayout } from './network-layout.ts';
import { isPutAhead } from './tick-phases.ts';

export interface NetworkBuffers {
  readonly spikes: GPUBuffer;
  readonly shares: GPUBuffer;
  readonly counters: GPUBuffer;
  readonly states: GPUBuffer;
  /** A ring: for each step that comes what arrives for it. */
  readonly received: GPUBuffer;
  /** Traces and averages of learning rules, and the state of synapses that tire. */
  readonly memories: GPUBuffer;
  /** Of neurons and rules, then the signals of the tick, the keys of its steps, and which weights are summed after it. */
  readonly tables: GPUBuffer;
  /** In the order of the network; undefined where a bundle has the synapses. */
  readonly projections: readonly (ProjectionBuffers | undefined)[];
}

export interface ProjectionBuffers {
  /** Then each variable of all synapses. */
  readonly weights: GPUBuffer;
  readonly rows: GPUBuffer;
  /** Absent when the firing of a receiver changes nothing. */
  readonly columns: GPUBuffer | undefined;
}

/** @returns how many words of the tables are written in each tick. */
export const tickWordsOf = ({ signalWords, stepsPerTick, projections }: CompiledNetwork): number =>
  signalWords + stepsPerTick + 2 * projections.filter(({ rule }) => rule !== undefined).length;

/** @throws SimulationFaultError 'network-too-large' before the device is asked for more than it gives. */
export function makeBuffers(
  arrays: GpuArrays,
  network: CompiledNetwork,
  layout: NetworkLayout,
  counterWords: number,
): NetworkBuffers {
  return {
    spikes: arrays.storage('spikes of the last steps', layout.slots * layout.slotWords),
    shares: arrays.storage('shares sent in the last steps', layout.slots * layout.shareWords),
    counters: arrays.storage('counters', counterWords),
    states: arrays.storage('neurons', joined(network.populations.flatMap(({ initialState }) => initialState))),
    received: arrays.storage('synaptic input', layout.receivedSlots * layout.receivedWords),
    memories: arrays.storage('traces, averages and tired synapses', firstMemories(network, layout)),
    tables: arrays.storage('tables', joined([layout.tables, new Int32Array(tickWordsOf(network))])),
    projections: network.projections.map((projection) =>
      isPutAhead(projection) ? undefined : synapsesOf(arrays, network, projection),
    ),
  };
}

function synapsesOf(
  arrays: GpuArrays,
  { populations }: CompiledNetwork,
  projection: CompiledProjection,
): ProjectionBuffers {
  const { name, to, rowStart, targets, weights, rule } = projection;
  const columns = rule?.blocks.firing && toColumns(projection, populations[to]!.model.neurons);
  const variables = (rule?.variables ?? []).map(({ initial }) => new Int32Array(targets.length).fill(initial));
  const senders = rule?.blocks.step === undefined ? [] : [sendersOf(projection)];
  return {
    weights: arrays.storage(`weights of '${name}'`, joined([weights, ...variables])),
    rows: arrays.storage(`synapses of '${name}'`, joined([rowStart, targets, ...senders])),
    columns:
      columns &&
      arrays.storage(`columns of '${name}'`, joined([columns.columnStart, columns.synapses, columns.senders])),
  };
}

/** @returns the sender of each synapse. */
function sendersOf({ rowStart, targets }: CompiledProjection): Uint32Array {
  const senders = new Uint32Array(targets.length);
  for (let sender = 0; sender + 1 < rowStart.length; sender++)
    senders.fill(sender, rowStart[sender]!, rowStart[sender + 1]!);
  return senders;
}

/** Traces and averages 0; of synapses that tire utilisation 0, resources whole, no arrival yet. */
function firstMemories({ populations, projections }: CompiledNetwork, layout: NetworkLayout): Int32Array {
  const words = new Int32Array(layout.memoryWords);
  for (const [index, { shortTerm }] of layout.projections.entries()) {
    if (shortTerm === undefined) continue;
    const senders = populations[projections[index]!.from]!.model.neurons;
    words.fill(shortTermUnit, shortTerm.start + senders, shortTerm.start + 2 * senders);
    words.fill(-1, shortTerm.start + 2 * senders, shortTerm.start + 3 * senders);
  }
  return words;
}

/** @returns the arrays one after the other, bit for bit. */
export function joined(parts: readonly (Int32Array | Uint32Array)[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
