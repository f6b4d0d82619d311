// Converts host times to the device's clock, never later than the truth; runs in the rig and watchdog threads.

/** A reading of the device's clock and when it arrived, by the host's. */
export interface ClockPair {
  readonly deviceMicroseconds: number;
  readonly hostNs: number;
}

/** How long a pair that was little late is better than a newer one. */
const keptNs = 1e9;
/** The two clocks run alike to this; what runs worse trips. */
const driftPartsPerMillion = 500;

/** Device time at `hostNs` by a pair, µs: at most the truth, since both clocks may have drifted apart meanwhile. */
function at({ deviceMicroseconds, hostNs: pairNs }: ClockPair, hostNs: number): number {
  const elapsedNs = hostNs - pairNs;
  return deviceMicroseconds + Math.floor((elapsedNs - (Math.abs(elapsedNs) * driftPartsPerMillion) / 1e6) / 1000);
}

/**
 * A message is on its way for an unknown time, never for less than none: with (d₀, h₀) a pair, true device time at h₀ is at
 * least d₀. An expiry of d₀ + (h − h₀), less the drift, is therefore never after the moment that was meant. Of the pairs of the last second the
 * one that was least late is used: on a busy computer the newest may have waited long.
 */
export class DeviceTime {
  #newest: ClockPair = { deviceMicroseconds: 0, hostNs: 0 };
  #least: ClockPair | undefined;

  /** The newest pair that was received; both 0 before the first. */
  get newest(): ClockPair {
    return this.#newest;
  }

  /** Takes the pairs in the order in which the device has sent them: a clock that goes back has been set, and what was before is void. */
  note(deviceMicroseconds: number, receivedNs: number): void {
    const isSetBack = deviceMicroseconds < this.#newest.deviceMicroseconds;
    this.#newest = { deviceMicroseconds, hostNs: receivedNs };
    const least = isSetBack ? undefined : this.#least;
    const isCurrent = least !== undefined && receivedNs - least.hostNs < keptNs;
    if (!isCurrent || at(least, receivedNs) <= deviceMicroseconds) this.#least = this.#newest;
  }

  /** @returns device time in whole µs, rounded down, at least 0; meaningless before the first pair */
  toDevice(hostNs: number): number {
    return Math.max(0, at(this.#least ?? this.#newest, hostNs));
  }

  /**
   * @param hostNs now
   * @returns host time, ns, of a moment that the device has told of: as late as the message that was least late was, and not after now
   */
  toHost(deviceMicroseconds: number, hostNs: number): number {
    const pair = this.#least ?? this.#newest;
    return Math.min(hostNs, pair.hostNs + (deviceMicroseconds - pair.deviceMicroseconds) * 1000);
  }
}
