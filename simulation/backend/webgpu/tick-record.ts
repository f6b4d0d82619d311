// What a tick leaves behind on the graphics processor, as this program reads it: counters, then spikes; simulation process.
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import type { SpikeList } from '../../spike-list.ts';
import { populationSaturated, traceSaturated, variableSaturated } from '../saturation.ts';
import type { NetworkLayout } from './network-layout.ts';

/** Reads records of the layout: counters of the tick, counters of each step, slots of spikes of each step. */
export class TickRecord {
  readonly counterWords: number;
  readonly words: number;
  readonly #network: CompiledNetwork;
  readonly #layout: NetworkLayout;

  constructor(network: CompiledNetwork, layout: NetworkLayout) {
    this.#network = network;
    this.#layout = layout;
    this.counterWords = layout.tickCounters + network.stepsPerTick * layout.stepCounters;
    this.words = this.counterWords + network.stepsPerTick * layout.slotWords;
  }

  /** @returns by how much the sum of all weights of a projection has changed. */
  weightChange(record: Uint32Array, projection: number): number {
    return (record[2 * projection + 1]! | 0) * 2 ** 32 + record[2 * projection]!;
  }

  /** Lists the neurons that fired, step after step, ascending within a step. */
  listSpikes(record: Uint32Array, spikes: SpikeList): void {
    for (let step = 0; step < this.#network.stepsPerTick; step++) {
      const slot = this.counterWords + step * this.#layout.slotWords;
      for (const [index, { firstNeuron, model }] of this.#network.populations.entries()) {
        const from = slot + this.#layout.populations[index]!.firstWord;
        const to = from + Math.ceil(model.neurons / 32);
        for (let word = from, first = firstNeuron; word < to; word++, first += 32) {
          for (let bits = record[word]!; bits !== 0; bits &= bits - 1)
            spikes.add(first + 31 - Math.clz32(bits & -bits));
        }
      }
    }
  }

  /**
   * @param firstStep number of the tick's first step
   * @throws SimulationFaultError 'saturated' for what left its range first, in the order of the reference.
   */
  checkSaturation(record: Uint32Array, firstStep: number): void {
    const { populations, projections, stepsPerTick } = this.#network;
    for (let step = 0; step < stepsPerTick; step++) {
      const counters = this.#layout.tickCounters + step * this.#layout.stepCounters;
      for (const [index, { model }] of populations.entries()) {
        const saturated = record[counters + index]!;
        if (saturated > 0) throw populationSaturated(model, saturated, firstStep + step);
      }
      for (const [index, { name, rule }] of projections.entries()) {
        const { fullTraceAt } = this.#layout.projections[index]!;
        const variable = this.#firstBeyond(record, counters, index);
        if (variable !== undefined) throw variableSaturated(name, rule!.variables[variable]!.symbol, firstStep + step);
        const full = record[counters + fullTraceAt]!;
        if (full > 0) throw traceSaturated(name, this.#neuronNamed(index, 0xffff_ffff - full), firstStep + step);
      }
    }
  }

  /** @returns the variable that the reference finds beyond its bounds first: events in order, in them synapses, of these results. */
  #firstBeyond(record: Uint32Array, counters: number, projection: number): number | undefined {
    const { bounded, beyondAt } = this.#layout.projections[projection]!;
    const found = bounded.map((result, index) => ({ ...result, rank: record[counters + beyondAt + index]! }));
    const event = found.find(({ rank }) => rank > 0)?.event;
    const ofEvent = found.filter((result) => result.event === event);
    // A counter tells by how much the synapse is below 2³² − 1.
    const highest = Math.max(...ofEvent.map(({ rank }) => rank));
    return ofEvent.find(({ rank }) => rank === highest)?.variable;
  }

  #neuronNamed(projection: number, name: number): number {
    const trace = this.#layout.projections[projection]!.traces.findLast(({ firstName }) => firstName <= name);
    return name - (trace?.firstName ?? 0);
  }
}
