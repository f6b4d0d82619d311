// Spikes and shares that are on their way, between their rings on a graphics processor and flat lists; simulation process.
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import { arrayName, type NetworkState } from '../network-state.ts';
import type { NetworkLayout } from './network-layout.ts';

export interface Rings {
  /** Slots × words of a slot. */
  readonly spikes: Int32Array;
  /** Slots × neurons that send shares. */
  readonly shares: Int32Array;
}

/** @returns age in steps, neuron and, of shares, size of what is on its way before `step`: youngest first. */
export function listRings(network: CompiledNetwork, layout: NetworkLayout, step: number, { spikes, shares }: Rings) {
  const lists: Record<string, Int32Array> = {};
  for (const [index, { model }] of network.populations.entries()) {
    const { firstWord, sharesStart, maxDelaySteps } = layout.populations[index]!;
    const [fired, sent]: [number[], number[]] = [[], []];
    for (let age = 1; age <= Math.min(maxDelaySteps, step); age++) {
      const slot = (step - age) % layout.slots;
      for (let neuron = 0; neuron < model.neurons; neuron++) {
        const word = spikes[slot * layout.slotWords + firstWord + (neuron >> 5)]!;
        if ((word >> (neuron & 31)) & 1) fired.push(age, neuron);
        const share = sharesStart === undefined ? 0 : shares[slot * layout.shareWords + sharesStart + neuron]!;
        if (share !== 0) sent.push(age, neuron, share);
      }
    }
    lists[arrayName('population', index, 'spikes')] = Int32Array.from(fired);
    lists[arrayName('population', index, 'shares')] = Int32Array.from(sent);
  }
  return lists;
}

/** @throws RangeError when the state lacks a list or holds what is older than the longest delay. */
export function ringsOf(network: CompiledNetwork, layout: NetworkLayout, { step, arrays }: NetworkState): Rings {
  const spikes = new Int32Array(layout.slots * layout.slotWords);
  const shares = new Int32Array(layout.slots * layout.shareWords);
  for (const [index, { model }] of network.populations.entries()) {
    const { firstWord, sharesStart, maxDelaySteps } = layout.populations[index]!;
    const [fired, sent] = ['spikes', 'shares'].map((what) => arrays[arrayName('population', index, what)]);
    if (fired === undefined || sent === undefined)
      throw new RangeError(`the state has no spikes of population ${index}`);
    const slotOf = (age: number) => {
      if (age < 1 || age > maxDelaySteps)
        throw new RangeError(`a spike of population '${model.name}' is older than the longest delay`);
      return (step - age + layout.slots) % layout.slots;
    };
    for (let at = 0; at < fired.length; at += 2) {
      const [slot, neuron] = [slotOf(fired[at]!), fired[at + 1]!];
      spikes[slot * layout.slotWords + firstWord + (neuron >> 5)]! |= 1 << (neuron & 31);
    }
    for (let at = 0; at < sent.length; at += 3) {
      const slot = slotOf(sent[at]!);
      if (sharesStart !== undefined) shares[slot * layout.shareWords + sharesStart + sent[at + 1]!] = sent[at + 2]!;
    }
  }
  return { spikes, shares };
}
