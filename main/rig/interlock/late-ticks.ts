// Watches the age of the data tick by tick and says when the loop has been late too much. Rig thread; pure.
import type { Fault } from '../../../common/contract/faults.ts';
import type { FrozenLimits } from './limits.ts';

/** Remembers the last `lateTicksWindow` ticks. */
export class LateTicks {
  readonly #limits: FrozenLimits;
  readonly #late: Uint8Array;
  #next = 0;
  #count = 0;

  constructor(limits: FrozenLimits) {
    this.#limits = limits;
    this.#late = new Uint8Array(limits.lateTicksWindow);
  }

  /** @returns a fault when this tick breaks a latency limit. */
  note(isLate: boolean, latencyNs: number): Fault | undefined {
    this.#count += (isLate ? 1 : 0) - (this.#late[this.#next] ?? 0);
    this.#late[this.#next] = isLate ? 1 : 0;
    this.#next = (this.#next + 1) % this.#late.length;
    const limits = this.#limits;
    if (!(latencyNs <= limits.dataAgeToTripNs)) {
      const [value, bound] = [latencyNs / 1e6, limits.dataAgeToTripNs / 1e6];
      return {
        code: 'late-tick',
        message: `A tick took ${value.toFixed(1)} ms from sample to end; ${bound} ms are allowed.`,
        value,
        bound,
        unit: 'ms',
      };
    }
    if (!(this.#count < limits.lateTicksToTrip)) {
      const [value, bound] = [this.#count, limits.lateTicksToTrip];
      return {
        code: 'late-ticks',
        message: `${value} of the last ${limits.lateTicksWindow} ticks were late; fewer than ${bound} are allowed.`,
        value,
        bound,
        unit: `of ${limits.lateTicksWindow}`,
      };
    }
    return undefined;
  }

  /** Late ticks in the window. */
  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#late.fill(0);
    this.#count = 0;
  }
}
