// Counts how often electrodes drive each neuron in a tick, for one input of a network; simulation process.
import type { CompiledInput } from '../../network/compiled-network.ts';

export class DrivenNeurons {
  /** The number of entries, then for each a neuron and how often it is driven, at least once. */
  readonly entries: Uint32Array<ArrayBuffer>;
  readonly #neurons: number;
  readonly #perElectrode: number;
  /** Place of each neuron's count in the entries; 0 where it has none. */
  readonly #placeOf: Uint32Array;

  constructor({ neuronsPerElectrode }: CompiledInput, neurons: number) {
    this.entries = new Uint32Array(1 + 2 * neurons);
    this.#neurons = neurons;
    this.#perElectrode = neuronsPerElectrode;
    this.#placeOf = new Uint32Array(neurons);
  }

  /** Words of `entries` that count. */
  get words(): number {
    return 1 + 2 * this.entries[0]!;
  }

  clear(): void {
    for (let word = 1; word < this.words; word += 2) this.#placeOf[this.entries[word]!] = 0;
    this.entries[0] = 0;
  }

  /** Electrode c drives the n neurons from c·n on, counted round the population. */
  add(channel: number): void {
    let neuron = (channel * this.#perElectrode) % this.#neurons;
    for (let driven = 0; driven < this.#perElectrode; driven++) {
      const place = this.#placeOf[neuron] || this.#begin(neuron);
      this.entries[place]!++;
      neuron = neuron + 1 === this.#neurons ? 0 : neuron + 1;
    }
  }

  #begin(neuron: number): number {
    const place = this.words + 1;
    this.entries[place - 1] = neuron;
    this.entries[place] = 0;
    this.#placeOf[neuron] = place;
    this.entries[0]!++;
    return place;
  }
}
