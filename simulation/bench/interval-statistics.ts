// Rates and the regularity of firing of every population, from the spikes of a run; bench program of the simulation.
import type { CompiledPopulation } from '../network/compiled-network.ts';

/** A neuron with fewer intervals says nothing about how regular they are. */
const intervalsMin = 5;

export interface PopulationStatistics {
  readonly rateHz: number;
  /** Coefficient of variation of the intervals between spikes, mean over neurons; null where no neuron has enough of them. */
  readonly cvOfIntervals: number | null;
}

export class IntervalStatistics {
  readonly #last: Int32Array;
  readonly #count: Uint32Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;

  constructor(neurons: number) {
    this.#last = new Int32Array(neurons).fill(-1);
    this.#count = new Uint32Array(neurons);
    this.#sum = new Float64Array(neurons);
    this.#squares = new Float64Array(neurons);
  }

  /** @param spikes neurons that fired in this tick */
  add(tick: number, spikes: Uint32Array): void {
    for (const neuron of spikes) {
      const last = this.#last[neuron]!;
      this.#last[neuron] = tick;
      this.#count[neuron]!++;
      if (last < 0) continue;
      this.#sum[neuron]! += tick - last;
      this.#squares[neuron]! += (tick - last) ** 2;
    }
  }

  /** @param seconds that all ticks stand for */
  of({ firstNeuron, model }: Pick<CompiledPopulation, 'firstNeuron' | 'model'>, seconds: number): PopulationStatistics {
    let spikes = 0;
    let sumOfCv = 0;
    let neurons = 0;
    for (let neuron = firstNeuron; neuron < firstNeuron + model.neurons; neuron++) {
      spikes += this.#count[neuron]!;
      const intervals = this.#count[neuron]! - 1;
      const mean = this.#sum[neuron]! / intervals;
      if (intervals < intervalsMin || mean === 0) continue;
      const variance = (this.#squares[neuron]! - intervals * mean * mean) / (intervals - 1);
      sumOfCv += Math.sqrt(Math.max(0, variance)) / mean;
      neurons++;
    }
    return { rateHz: spikes / model.neurons / seconds, cvOfIntervals: neurons === 0 ? null : sumOfCv / neurons };
  }
}
