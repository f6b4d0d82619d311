// The virtual device's own clock: its own zero, and drift, steps and restarts on request; runs in the virtual rig.
import type { Clock } from '../../common/base/clock.ts';

/** Whole µs, never below 0: its counter has no sign. */
export class DeviceClock {
  readonly #host: Clock;
  #offsetMicroseconds: number;
  #partsPerMillion = 0;
  /** Host time from which on the drift counts. */
  #sinceNs = 0;

  /** @param offsetMicroseconds device time at the host's time 0 */
  constructor(host: Clock, offsetMicroseconds: number) {
    this.#host = host;
    this.#offsetMicroseconds = offsetMicroseconds;
  }

  now(): number {
    return this.at(this.#host.nowNs());
  }

  /** Device time at a host time. */
  at(hostNs: number): number {
    return Math.max(0, Math.floor(hostNs / 1000 + this.#offsetMicroseconds + this.#drifted(hostNs)));
  }

  step(milliseconds: number): void {
    this.#offsetMicroseconds += milliseconds * 1000;
  }

  /** The drift so far stays, the new one counts from now on. */
  drift(partsPerMillion: number): void {
    const nowNs = this.#host.nowNs();
    this.#offsetMicroseconds += this.#drifted(nowNs);
    this.#sinceNs = nowNs;
    this.#partsPerMillion = partsPerMillion;
  }

  /** Counts from 0 again. */
  restart(): void {
    const nowNs = this.#host.nowNs();
    this.#offsetMicroseconds = -nowNs / 1000;
    this.#sinceNs = nowNs;
  }

  #drifted(hostNs: number): number {
    return ((hostNs - this.#sinceNs) / 1000) * (this.#partsPerMillion / 1e6);
  }
}
