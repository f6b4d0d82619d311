// What the loop has counted since the recording began. Rig thread.
import type { RefusalCode } from '../../../common/contract/refusals.ts';

export class Counters {
  requests = 0;
  permits = 0;
  deliveries = 0;
  spikes = 0;
  /** Spikes that the simulation did not get because too many waited for it. */
  spikesNotSimulated = 0;
  #refusals = new Map<RefusalCode, number>();

  refuse(code: RefusalCode): void {
    this.#refusals.set(code, (this.#refusals.get(code) ?? 0) + 1);
  }

  get refusals(): Partial<Record<RefusalCode, number>> {
    return Object.fromEntries(this.#refusals);
  }

  clear(): void {
    this.requests = 0;
    this.permits = 0;
    this.deliveries = 0;
    this.spikes = 0;
    this.spikesNotSimulated = 0;
    this.#refusals.clear();
  }
}
