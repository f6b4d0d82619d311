// Counts events in a sliding window of time; the memory is bounded by the limit that it serves. Rig thread; pure.
import type { StateArchive } from '../../../common/base/state-archive.ts';

/** A window over the last `windowNs`. Times must not decrease. */
export class SlidingCount {
  readonly #times: Float64Array;
  readonly #windowNs: number;
  #first = 0;
  #count = 0;
  #newestNs = -Infinity;

  /** @param capacity the largest number that anybody asks about; older events beyond it are forgotten first. */
  constructor(windowNs: number, capacity: number) {
    this.#windowNs = windowNs;
    this.#times = new Float64Array(Math.max(1, capacity));
  }

  /** Events in (nowNs − window, nowNs]. */
  countAt(nowNs: number): number {
    while (this.#count > 0 && !(this.#times[this.#first]! > nowNs - this.#windowNs)) {
      this.#first = (this.#first + 1) % this.#times.length;
      this.#count--;
    }
    return this.#count;
  }

  add(nowNs: number): void {
    if (this.#count === this.#times.length) {
      this.#first = (this.#first + 1) % this.#times.length;
      this.#count--;
    }
    this.#times[(this.#first + this.#count) % this.#times.length] = nowNs;
    this.#count++;
    this.#newestNs = nowNs;
  }

  /** The same events in another window. Of those that have left this one, only the newest is known: a longer window is for one event. */
  resized(windowNs: number, capacity: number): SlidingCount {
    const resized = new SlidingCount(windowNs, capacity);
    if (this.#count === 0) resized.add(this.#newestNs);
    for (let index = 0; index < this.#count; index++)
      resized.add(this.#times[(this.#first + index) % this.#times.length]!);
    return resized;
  }

  clear(): void {
    this.#count = 0;
    this.#newestNs = -Infinity;
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    archive.array(this.#times);
    this.#first = archive.number(this.#first);
    this.#count = archive.number(this.#count);
    this.#newestNs = archive.number(this.#newestNs);
  }
}
