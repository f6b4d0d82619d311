// Times of pulses that answer blocks, by the two clocks, and what follows of the line's latency. Thread of `exocortex bench hid`; pure.
import type { HidLatency } from '../../../../common/bench/hid-run.ts';
import { spreadOf } from '../../../../common/bench/time-spread.ts';
import type { Acknowledgement } from '../device.ts';

/**
 * The board's clock is this computer's, less a number that nobody tells. A pulse begins after it was asked for and before its acknowledgement has come: each
 * of them bounds that number on both sides, and all together closely (as the clocks of a network are compared; Mills 1991).
 */
export class PulseTimes {
  /** ns; host less device. */
  #offsetMin = -Infinity;
  #offsetMax = Infinity;
  /** Of each block: host ns less device ns. */
  #arrivals: number[] = [];
  #inputToOutputMs: number[] = [];
  #roundTripMs: number[] = [];
  #pulses: Record<string, number> = {};
  #inputMicroseconds = 0;
  #askedNs = 0;
  isWaiting = false;

  /** A block has reached the rig thread. @param deviceMicroseconds of its newest sample */
  arrived(deviceMicroseconds: number, nowNs: number): void {
    this.#arrivals.push(nowNs - deviceMicroseconds * 1000);
  }

  /** A pulse is asked for in answer to a block. @param deviceMicroseconds of the block's newest sample */
  asked(deviceMicroseconds: number, nowNs: number): void {
    this.isWaiting = true;
    this.#inputMicroseconds = deviceMicroseconds;
    this.#askedNs = nowNs;
  }

  /** What was asked for has not left the program. */
  notSent(): void {
    this.isWaiting = false;
    this.#pulses['not sent'] = (this.#pulses['not sent'] ?? 0) + 1;
  }

  acknowledged({ outcome, startMicroseconds, receivedNs }: Acknowledgement): void {
    if (!this.isWaiting) return;
    this.isWaiting = false;
    this.#pulses[outcome] = (this.#pulses[outcome] ?? 0) + 1;
    if (outcome !== 'delivered') return;
    // The board's clock counts whole microseconds.
    this.#offsetMin = Math.max(this.#offsetMin, this.#askedNs - (startMicroseconds + 1) * 1000);
    this.#offsetMax = Math.min(this.#offsetMax, receivedNs - startMicroseconds * 1000);
    this.#inputToOutputMs.push((startMicroseconds - this.#inputMicroseconds) / 1000);
    this.#roundTripMs.push((receivedNs - this.#askedNs) / 1e6);
  }

  /** Forgets all times; what is known of the clocks stays. */
  clear(): void {
    this.#arrivals = [];
    this.#inputToOutputMs = [];
    this.#roundTripMs = [];
    this.#pulses = {};
  }

  /** @returns undefined before the first delivered pulse: nothing is known of the clocks */
  latency(): HidLatency | undefined {
    if (!Number.isFinite(this.#offsetMin)) return undefined;
    const offset = (this.#offsetMin + this.#offsetMax) / 2;
    return {
      inputMs: spreadOf(this.#arrivals.map((ns) => (ns - offset) / 1e6)),
      clockUncertaintyMs: Math.max(0, this.#offsetMax - this.#offsetMin) / 2e6,
      inputToOutputMs: spreadOf(this.#inputToOutputMs),
      roundTripMs: spreadOf(this.#roundTripMs),
      pulses: this.#pulses,
    };
  }
}
