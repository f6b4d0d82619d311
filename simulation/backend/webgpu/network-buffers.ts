// The buffers of a network on a graphics processor, with what they hold before the first step; simulation process.
import { shortTermUnit } from '../../learning/short-term.ts';
import { toColumns } from '../../network/columns.ts';
import type { CompiledNetwork, CompiledProjection } from '../../network/compiled-network.ts';
import type { GpuArrays } from './gpu-arrays.ts';
import type { NetworkLayout } from './network-layout.ts';

export interface NetworkBuffers {
  readonly spikes: GPUBuffer;
  readonly shares: GPUBuffer;
  readonly counters: GPUBuffer;
  readonly states: GPUBuffer;
  readonly received: GPUBuffer;
  readonly traces: GPUBuffer;
  readonly shortTerm: GPUBuffer;
  readonly tables: GPUBuffer;
  /** In the order of the network. */
  readonly projections: readonly ProjectionBuffers[];
}

export interface ProjectionBuffers {
  readonly weights: GPUBuffer;
  readonly rows: GPUBuffer;
  /** Absent when the weights are fixed. */
  readonly columns: GPUBuffer | undefined;
}

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
    received: arrays.storage('synaptic input', layout.receivedWords),
    traces: arrays.storage('traces', layout.traceWords),
    shortTerm: arrays.storage('tired synapses', restedSynapses(network, layout)),
    tables: arrays.storage('tables', layout.tables),
    projections: network.projections.map((projection) => synapsesOf(arrays, network, projection)),
  };
}

function synapsesOf(
  arrays: GpuArrays,
  { populations }: CompiledNetwork,
  projection: CompiledProjection,
): ProjectionBuffers {
  const { name, to, rowStart, targets, weights, rule } = projection;
  const columns = rule && toColumns(projection, populations[to]!.model.neurons);
  return {
    weights: arrays.storage(`weights of '${name}'`, weights),
    rows: arrays.storage(`synapses of '${name}'`, joined([rowStart, targets])),
    columns:
      columns &&
      arrays.storage(`columns of '${name}'`, joined([columns.columnStart, columns.synapses, columns.senders])),
  };
}

/** Utilisation 0, resources whole, no arrival yet. */
function restedSynapses({ populations, projections }: CompiledNetwork, layout: NetworkLayout): Int32Array {
  const words = new Int32Array(layout.shortTermWords);
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
