// When each electrode of the virtual stimulator was and is busy: its own rates and concurrency; times in µs of one clock; runs in the virtual rig.
import type { DeviceLimits } from '../../common/device-protocol/device-identity.ts';
import type { DeviceRefusalCode } from '../../common/device-protocol/device-outcome.ts';

const secondMicroseconds = 1e6;

export class PulseTimes {
  readonly #limits: DeviceLimits;
  readonly #busyUntil: Float64Array;
  readonly #lastStart: Float64Array;
  /** Starts of the last second over all electrodes, oldest first. */
  readonly #recent: number[] = [];

  constructor(channels: number, limits: DeviceLimits) {
    this.#limits = limits;
    this.#busyUntil = new Float64Array(channels).fill(-Infinity);
    this.#lastStart = new Float64Array(channels).fill(-Infinity);
  }

  /** @returns why no pulse may start on the electrode at `start`, or undefined */
  refusal(electrode: number, start: number): DeviceRefusalCode | undefined {
    const { rateMaxHz, simultaneousElectrodesMax, totalRateMaxHz } = this.#limits;
    if (!(start >= this.#busyUntil[electrode]!)) return 'busy';
    if (!(start - this.#lastStart[electrode]! >= secondMicroseconds / rateMaxHz)) return 'rate';
    if (!(this.#busyElectrodes(start) < simultaneousElectrodesMax)) return 'simultaneous';
    while (this.#recent[0] !== undefined && start - this.#recent[0] >= secondMicroseconds) this.#recent.shift();
    return this.#recent.length < totalRateMaxHz ? undefined : 'total-rate';
  }

  /** A pulse that was not refused. */
  add(electrode: number, start: number, durationMicroseconds: number): void {
    this.#lastStart[electrode] = start;
    this.#busyUntil[electrode] = start + durationMicroseconds;
    this.#recent.push(start);
  }

  #busyElectrodes(start: number): number {
    let busy = 0;
    for (const until of this.#busyUntil) if (until > start) busy++;
    return busy;
  }
}
