// The check after a trip: how fast was the stop, and did any pulse begin later than the lease allows? Rig thread; pure.

/** Times in device µs. */
export interface TripReport {
  /** From the trip to the device's confirmation, host ms. */
  confirmedAfterMilliseconds: number;
  /** From the trip to the start of the last pulse; undefined: none began after it. */
  lastPulseAfterMicroseconds: number | undefined;
  boundMicroseconds: number;
  isPassed: boolean;
}

/** One trip at a time: begin, note pulses, confirm, report after the lease has passed. */
export class TripCheck {
  #trippedNs = -Infinity;
  #trippedMicroseconds = 0;
  #boundMicroseconds = 0;
  #confirmedNs: number | undefined;
  #lastPulse: number | undefined;

  /** @param deviceMicroseconds the newest device time that is known at the trip; @param leaseMilliseconds within which the last pulse must have begun. */
  begin(nowNs: number, deviceMicroseconds: number, leaseMilliseconds: number): void {
    this.#trippedNs = nowNs;
    this.#trippedMicroseconds = deviceMicroseconds;
    this.#boundMicroseconds = leaseMilliseconds * 1000;
    this.#confirmedNs = undefined;
    this.#lastPulse = undefined;
  }

  /** A pulse was acknowledged. */
  notePulse(startMicroseconds: number): void {
    if (startMicroseconds <= this.#trippedMicroseconds) return;
    this.#lastPulse = Math.max(this.#lastPulse ?? -Infinity, startMicroseconds);
  }

  /** The device has confirmed that its output is off. */
  confirm(nowNs: number): void {
    this.#confirmedNs ??= nowNs;
  }

  /** @returns undefined while pulses of before the bound may still be reported. */
  report(nowNs: number): TripReport | undefined {
    const confirmedNs = this.#confirmedNs;
    if (confirmedNs === undefined || !(nowNs - this.#trippedNs >= this.#boundMicroseconds * 1000)) return undefined;
    const last = this.#lastPulse === undefined ? undefined : this.#lastPulse - this.#trippedMicroseconds;
    return {
      confirmedAfterMilliseconds: (confirmedNs - this.#trippedNs) / 1e6,
      lastPulseAfterMicroseconds: last,
      boundMicroseconds: this.#boundMicroseconds,
      isPassed: last === undefined || last <= this.#boundMicroseconds,
    };
  }
}
