// The spikes of a population that have not arrived everywhere, as flat lists that can be kept and brought back; simulation process.
import type { GradedHistory } from './graded-history.ts';
import type { SpikeHistory } from './spike-history.ts';

/** @returns age in steps and neuron of each spike of the last steps before `step`, youngest first. */
export function listSpikes(history: SpikeHistory, step: number, maxDelaySteps: number): Int32Array {
  const list: number[] = [];
  for (let age = 1; age <= Math.min(maxDelaySteps, step); age++) {
    for (const neuron of history.at(step - age).view()) list.push(age, neuron);
  }
  return Int32Array.from(list);
}

/** @returns age in steps, neuron and share of what was sent in the last steps before `step`, youngest first. */
export function listShares(history: GradedHistory | undefined, step: number, maxDelaySteps: number): Int32Array {
  const list: number[] = [];
  for (let age = 1; history !== undefined && age <= Math.min(maxDelaySteps, step); age++) {
    const { senders, shares } = history.at(step - age);
    for (let index = 0; index < senders.count; index++) list.push(age, senders.neurons[index]!, shares.neurons[index]!);
  }
  return Int32Array.from(list);
}
