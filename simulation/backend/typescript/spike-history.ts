// The spikes of the last steps, for as long as delays need them; simulation process.
import { SpikeList } from '../../spike-list.ts';

/** The spikes of one population in the last `steps` steps, neurons numbered within the population, ascending. */
export class SpikeHistory {
  readonly #ring: readonly SpikeList[];

  constructor(steps: number) {
    this.#ring = Array.from({ length: steps }, () => new SpikeList());
  }

  /** Empties and returns the list of a new step; steps follow each other without gaps. */
  begin(step: number): SpikeList {
    const list = this.at(step);
    list.clear();
    return list;
  }

  /** @returns the list of a step within the ring's length; empty for steps before the first. */
  at(step: number): SpikeList {
    const steps = this.#ring.length;
    return this.#ring[((step % steps) + steps) % steps]!;
  }
}
