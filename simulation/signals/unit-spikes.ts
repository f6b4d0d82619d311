// Counts the spikes of a signal's source, unit by unit, in each tick; simulation process.
import type { SignalSource } from '../../common/experiment/network/signal.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';
import { populationIndex } from '../network/population-index.ts';

/** What happened in a tick. */
export interface TickSpikes {
  /** Electrodes that spiked, the first `count` entries; one that spiked twice stands there twice. */
  readonly channels: Uint16Array;
  readonly count: number;
  /** Simulated neurons that fired in the tick before. */
  readonly fired: Uint32Array;
}

export class UnitSpikes {
  /** One for each unit: an electrode or a neuron. */
  readonly counts: Uint32Array;
  /** Index of each electrode's or neuron's unit; −1: it is not read. */
  readonly #unitOf: Int32Array;
  readonly #isTissue: boolean;

  constructor(source: SignalSource, network: CompiledNetwork) {
    this.#isTissue = source.kind === 'electrodes';
    const units = unitsOf(source, network);
    this.#unitOf = new Int32Array(this.#isTissue ? network.channels : network.neurons).fill(-1);
    for (const [unit, at] of units.entries()) this.#unitOf[at] = unit;
    this.counts = new Uint32Array(units.length);
  }

  count({ channels, count, fired }: TickSpikes): void {
    this.counts.fill(0);
    if (this.#isTissue) for (let index = 0; index < count; index++) this.#add(channels[index]!);
    else for (const neuron of fired) this.#add(neuron);
  }

  #add(at: number): void {
    const unit = this.#unitOf[at]!;
    if (unit >= 0) this.counts[unit]!++;
  }
}

function unitsOf(source: SignalSource, { populations, channels }: CompiledNetwork): number[] {
  if (source.kind === 'electrodes') return source.electrodes ?? [...Array(channels).keys()];
  const models = populations.map(({ model }) => model);
  const { firstNeuron, model } = populations[populationIndex({ populations: models }, source.population)]!;
  return Array.from({ length: model.neurons }, (_, neuron) => firstNeuron + neuron);
}
