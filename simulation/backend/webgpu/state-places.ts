// Where each array of a network's state lies on a graphics processor; simulation process.
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import { arrayName } from '../network-state.ts';
import { receivedSlotOf } from './moments.ts';
import type { NetworkBuffers } from './network-buffers.ts';
import type { NetworkLayout } from './network-layout.ts';

export interface Place {
  readonly name: string;
  readonly buffer: GPUBuffer;
  /** In words. */
  readonly start: number;
  readonly length: number;
}

/** @returns the places before a step of all arrays of fixed length; spikes and shares that are on their way are in rings. */
export function placesOf(
  network: CompiledNetwork,
  layout: NetworkLayout,
  buffers: NetworkBuffers,
  step: number,
): Place[] {
  const { populations, projections } = network;
  const receivedSlot = receivedSlotOf(step, layout.receivedSlots) * layout.receivedWords;
  const ofPopulations = populations.flatMap(({ model: { neurons: length }, neurons: { model } }, index) => {
    const { statesStart, receivedStart } = layout.populations[index]!;
    const arrays = (what: string, buffer: GPUBuffer, start: number, count: number): Place[] =>
      Array.from({ length: count }, (_, part) => {
        return { name: arrayName('population', index, what, part), buffer, start: start + part * length, length };
      });
    return [
      ...arrays('state', buffers.states, statesStart, model.state.length),
      ...arrays('received', buffers.received, receivedSlot + receivedStart, model.receptors.length),
    ];
  });
  return [...ofPopulations, ...projections.flatMap((_, index) => ofProjection(network, layout, buffers, index))];
}

function ofProjection(
  { populations, projections }: CompiledNetwork,
  layout: NetworkLayout,
  buffers: NetworkBuffers,
  index: number,
): Place[] {
  const { from, targets, rule } = projections[index]!;
  const { traces, averages, shortTerm } = layout.projections[index]!;
  const place = (what: string, buffer: GPUBuffer, start: number, length: number, part?: number): Place => {
    return { name: arrayName('projection', index, what, part), buffer, start, length };
  };
  const list: Place[] = [];
  if (rule !== undefined) {
    const { weights } = buffers.projections[index]!;
    list.push(place('weights', weights, 0, targets.length));
    for (const variable of rule.variables.keys())
      list.push(place('variable', weights, (variable + 1) * targets.length, targets.length, variable));
  }
  for (const side of ['sender', 'receiver']) {
    for (const [part, { start, neurons }] of traces.filter((trace) => trace.side === side).entries()) {
      list.push(place(`${side}Trace`, buffers.memories, start, neurons, part));
      list.push(place(`${side}Since`, buffers.memories, start + neurons, neurons, part));
    }
  }
  for (const side of ['sender', 'receiver']) {
    for (const [part, { start, neurons }] of averages.filter((average) => average.side === side).entries())
      list.push(place(`${side}Average`, buffers.memories, start, neurons, part));
  }
  if (shortTerm === undefined) return list;
  const senders = populations[from]!.model.neurons;
  for (const [part, what] of ['utilisation', 'resources', 'lastArrival'].entries())
    list.push(place(what, buffers.memories, shortTerm.start + part * senders, senders));
  return list;
}
