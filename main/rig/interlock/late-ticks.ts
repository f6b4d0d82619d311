// Watches the age of the data tick by tick and says when the loop has been late too much. Rig thread; pure.
import type { StateArchive } from '../../../common/base/state-archive.ts';
import type { Fault } from '../../../common/contract/faults.ts';
import type { TimingLimits } from '../../../common/limits/timing-limits.ts';

/** Remembers the last `lateTicksWindow` ticks. */
export class LateTicks {
  #limits: TimingLimits;
  #late: Uint8Array;
  #next = 0;
  #count = 0;

  constructor(limits: TimingLimits) {
    this.#limits = limits;
    this.#late = new Uint8Array(limits.lateTicksWindow);
  }

  /** @returns a fault when this tick breaks a latency limit. */
  note(isLate: boolean, latencyNs: number): Fault | undefined {
    this.#count += (isLate ? 1 : 0) - this.#late[this.#next]!;
    this.#late[this.#next] = isLate ? 1 : 0;
    this.#next = (this.#next + 1) % this.#late.length;
    const { dataAgeToTripMicroseconds, lateTicksToTrip, lateTicksWindow } = this.#limits;
    if (!(latencyNs <= dataAgeToTripMicroseconds * 1000)) {
      const [value, bound] = [latencyNs / 1e6, dataAgeToTripMicroseconds / 1000];
      return {
        code: 'late-tick',
        message: `A tick took ${value.toFixed(1)} ms from sample to end; ${bound} ms are allowed.`,
        value,
        bound,
        unit: 'ms',
      };
    }
    if (!(this.#count < lateTicksToTrip)) {
      const [value, bound] = [this.#count, lateTicksToTrip];
      return {
        code: 'late-ticks',
        message: `${value} of the last ${lateTicksWindow} ticks were late; fewer than ${bound} are allowed.`,
        value,
        bound,
        unit: `of ${lateTicksWindow}`,
      };
    }
    return undefined;
  }

  /** Late ticks in the window. */
  get count(): number {
    return this.#count;
  }

  /** Tighter limits hold from now on, over the ticks that are remembered as well. @param limits with a window at least as long. */
  tighten(limits: TimingLimits): void {
    const oldestFirst = [...this.#late.subarray(this.#next), ...this.#late.subarray(0, this.#next)];
    this.#limits = limits;
    this.#late = new Uint8Array(limits.lateTicksWindow);
    this.#late.set(oldestFirst);
    this.#next = oldestFirst.length % limits.lateTicksWindow;
  }

  clear(): void {
    this.#late.fill(0);
    this.#count = 0;
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    archive.array(this.#late);
    this.#next = archive.number(this.#next);
    this.#count = archive.number(this.#count);
  }
}
