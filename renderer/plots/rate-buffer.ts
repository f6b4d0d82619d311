// Firing rate of each simulated population over time, counted in bins; used in the page.
import type { Population } from '../../common/figures/population-bands.ts';

export const rateBinSeconds = 0.1;

export class RateBuffer {
  readonly #bins: number;
  #populations: readonly Population[] = [];
  /** Spikes, population-major (populations × ring of bins). */
  #counts = new Uint32Array(0);
  /** Bin of the newest time that was heard of; this bin is not complete. */
  #newestBin = -1;
  #firstBin = 0;

  /** @param seconds how much is kept. */
  constructor(seconds: number) {
    this.#bins = Math.ceil(seconds / rateBinSeconds) + 1;
  }

  get populations(): readonly Population[] {
    return this.#populations;
  }

  /** The bin after the newest complete one, counted from the stream's start. */
  get endBin(): number {
    return Math.max(this.#newestBin, 0);
  }

  /** Oldest complete bin that is kept. */
  get firstBin(): number {
    return Math.max(this.#firstBin, this.endBin - this.#bins + 1);
  }

  /** Starts anew when the populations are others than before. */
  setPopulations(populations: readonly Population[]): void {
    if (arePopulationsEqual(populations, this.#populations)) return;
    this.#populations = populations;
    this.#counts = new Uint32Array(populations.length * this.#bins);
    this.clear();
  }

  /**
   * @param seconds stream time of each spike, at most the ring's length old. @param neuron its neuron.
   * @param nowSeconds stream time up to which all spikes are known.
   */
  push(seconds: Float64Array, neuron: Uint32Array, nowSeconds: number): void {
    this.#advance(Math.floor(nowSeconds / rateBinSeconds));
    for (let spike = 0; spike < seconds.length; spike++) {
      const bin = Math.floor(seconds[spike]! / rateBinSeconds);
      const population = this.#populationOf(neuron[spike]!);
      if (population < 0 || bin > this.#newestBin || bin < this.firstBin) continue;
      const place = population * this.#bins + (bin % this.#bins);
      this.#counts[place] = this.#counts[place]! + 1;
    }
  }

  clear(): void {
    this.#counts.fill(0);
    this.#newestBin = -1;
    this.#firstBin = 0;
  }

  /** Mean rate per neuron in one complete bin, Hz. */
  rateHz(population: number, bin: number): number {
    const neurons = this.#populations[population]?.neurons ?? 0;
    if (neurons === 0) return 0;
    return this.#counts[population * this.#bins + (bin % this.#bins)]! / neurons / rateBinSeconds;
  }

  /** Mean rate per neuron over the last complete bins, Hz. @param seconds how far back. */
  recentRateHz(population: number, seconds = 1): number {
    const first = Math.max(this.firstBin, this.endBin - Math.round(seconds / rateBinSeconds));
    let sum = 0;
    for (let bin = first; bin < this.endBin; bin++) sum += this.rateHz(population, bin);
    return this.endBin > first ? sum / (this.endBin - first) : 0;
  }

  #advance(newestBin: number): void {
    if (newestBin < this.#newestBin || this.#newestBin < 0) {
      this.clear();
      this.#firstBin = this.#newestBin = newestBin;
    }
    const from = Math.max(this.#newestBin + 1, newestBin - this.#bins + 1);
    for (let bin = from; bin <= newestBin; bin++)
      for (let population = 0; population < this.#populations.length; population++)
        this.#counts[population * this.#bins + (bin % this.#bins)] = 0;
    this.#newestBin = newestBin;
  }

  #populationOf(neuron: number): number {
    return this.#populations.findIndex(
      ({ firstNeuron, neurons }) => neuron >= firstNeuron && neuron < firstNeuron + neurons,
    );
  }
}

/** Whether two lists name the same populations of the same neurons. */
export function arePopulationsEqual(a: readonly Population[], b: readonly Population[]): boolean {
  return (
    a.length === b.length &&
    a.every((population, index) => {
      const other = b[index]!;
      return (
        population.name === other.name &&
        population.firstNeuron === other.firstNeuron &&
        population.neurons === other.neurons
      );
    })
  );
}
