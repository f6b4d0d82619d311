// What neurons of a mean rate have sent in the last steps: shares of spikes; simulation process.
import type { SpikeList } from '../../spike-list.ts';
import { SpikeHistory } from './spike-history.ts';

/** For each of the last steps the senders that sent something, ascending, and their shares in units of 2⁻¹⁵. */
export class GradedHistory {
  readonly #senders: SpikeHistory;
  readonly #shares: SpikeHistory;

  constructor(steps: number) {
    this.#senders = new SpikeHistory(steps);
    this.#shares = new SpikeHistory(steps);
  }

  /** @param sent what each neuron sends in a new step; steps follow each other without gaps */
  add(step: number, sent: Int32Array): void {
    this.clear(step);
    for (const [neuron, share] of sent.entries()) {
      if (share !== 0) this.put(step, neuron, share);
    }
  }

  clear(step: number): void {
    this.#senders.begin(step);
    this.#shares.begin(step);
  }

  put(step: number, neuron: number, share: number): void {
    this.#senders.at(step).add(neuron);
    this.#shares.at(step).add(share);
  }

  at(step: number): { senders: SpikeList; shares: SpikeList } {
    return { senders: this.#senders.at(step), shares: this.#shares.at(step) };
  }
}
