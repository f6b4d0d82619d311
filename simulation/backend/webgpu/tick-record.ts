// What a tick leaves behind on the graphics processor, as this program reads it: counters, then spikes; simulation process.
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import type { SpikeList } from '../../spike-list.ts';
import { populationSaturated, traceSaturated, variableSaturated } from '../saturation.ts';
import type { WeightSurvey } from '../weight-survey.ts';
import type { NetworkLayout } from './network-layout.ts';

/** Reads records of the layout: counters of the tick, counters of each step, slots of spikes of each step. */
export class TickRecord {
  readonly counterWords: number;
  readonly words: number;
  readonly #network: CompiledNetwork;
  readonly #layout: NetworkLayout;
  /** Of populations: first neuron, first word in a slot, and the word after the last. */
  readonly #places: readonly (readonly [firstNeuron: number, firstWord: number, endWord: number])[];

  constructor(network: CompiledNetwork, layout: NetworkLayout) {
    this.#network = network;
    this.#layout = layout;
    this.counterWords = layout.tickCounters + network.stepsPerTick * layout.stepCounters;
    this.words = this.counterWords + network.stepsPerTick * layout.slotWords;
    this.#places = network.populations.map(({ firstNeuron, model: { neurons } }, index) => {
      const { firstWord } = layout.populations[index]!;
      return [firstNeuron, firstWord, firstWord + Math.ceil(neurons / 32)];
    });
  }

  /** Takes over what was summed of the weights of a projection that learns. */
  noteSurvey(record: Uint32Array, projection: number, survey: WeightSurvey, tick: number): void {
    const { surveyAt } = this.#layout.projections[projection]!;
    survey.note(tick, record[surveyAt]!, record[surveyAt + 1]!);
  }

  /** Lists the neurons that fired, step after step, ascending within a step. */
  listSpikes(record: Uint32Array, spikes: SpikeList): void {
    for (let step = 0; step < this.#network.stepsPerTick; step++) {
      const slot = this.counterWords + step * this.#layout.slotWords;
      for (let population = 0; population < this.#places.length; population++) {
        const place = this.#places[population]!;
        const end = slot + place[2];
        for (let word = slot + place[1], first = place[0]; word < end; word++, first += 32) {
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
    for (let word = this.#layout.tickCounters; word < this.counterWords; word++)
      if (record[word] !== 0) this.#throwFirst(record, firstStep);
  }

  #throwFirst(record: Uint32Array, firstStep: number): void {
    const { populations, projections, stepsPerTick } = this.#network;
    for (let step = 0; step < stepsPerTick; step++) {
      const counters = this.#layout.tickCounters + step * this.#layout.stepCounters;
      for (const [index, { model }] of populations.entries()) {
        const saturated = record[counters + index]!;
        if (saturated > 0) throw populationSaturated(model, saturated, firstStep + step);
      }
      for (const [index, { name, rule }] of projections.entries()) {
        if (rule === undefined) continue;
        const { fullTraceAt } = this.#layout.projections[index]!;
        const variable = this.#firstBeyond(record, counters, index);
        if (variable !== undefined) throw variableSaturated(name, rule.variables[variable]!, firstStep + step);
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
