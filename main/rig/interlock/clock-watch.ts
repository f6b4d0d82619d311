// Compares the device's clock with the computer's: drift, and steps such as a suspended computer leaves. Rig thread; pure.
import type { Fault } from '../../../common/contract/faults.ts';
import type { TimingLimits } from '../../../common/limits/timing-limits.ts';

/** Messages are late by chance and never early: the largest offset of a window is the one that was least late. */
const windowNs = 1e9;
/** Drift is judged over at least so many windows: what is left of chance lateness is small against it. */
const driftWindows = 10;
const keptWindows = 30;

/** A straight line through the least late offset of each second. */
export interface ClockLine {
  /** Device time less host time now, µs. */
  readonly offsetMicroseconds: number;
  readonly driftPartsPerMillion: number;
  /** Largest distance of a second's offset from the line, µs. */
  readonly residualMicroseconds: number;
}

/** Fewer seconds make a line, but none that can be judged. */
const fitWindows = 5;

export class ClockWatch {
  readonly #limits: Pick<TimingLimits, 'clockDriftMaxPartsPerMillion' | 'clockStepMaxMicroseconds'>;
  /** Largest device − host time of each past window, µs, and when the window ended. */
  readonly #offsets: { atNs: number; microseconds: number }[] = [];
  #windowEndNs = -Infinity;
  #largest = -Infinity;

  constructor(limits: Pick<TimingLimits, 'clockDriftMaxPartsPerMillion' | 'clockStepMaxMicroseconds'>) {
    this.#limits = limits;
  }

  /** Notes a pair of times. @returns a fault when a window has ended that does not follow the ones before. */
  note(deviceMicroseconds: number, receivedNs: number): Fault | undefined {
    if (this.#windowEndNs === -Infinity) this.#windowEndNs = receivedNs + windowNs;
    const fault = receivedNs < this.#windowEndNs ? undefined : this.#endWindow(receivedNs);
    this.#largest = Math.max(this.#largest, deviceMicroseconds - receivedNs / 1000);
    return fault;
  }

  /** How the device's clock goes against the computer's; undefined in the first seconds, and after a step. Least squares. */
  get fit(): ClockLine | undefined {
    const count = this.#offsets.length;
    const newest = this.#offsets.at(-1);
    if (newest === undefined || count < fitWindows) return undefined;
    // Offsets are as large as clocks are apart: differences to the newest keep their digits.
    const points = this.#offsets.map(({ atNs, microseconds }) => ({
      seconds: (atNs - newest.atNs) / 1e9,
      microseconds: microseconds - newest.microseconds,
    }));
    const meanSeconds = points.reduce((sum, { seconds }) => sum + seconds, 0) / count;
    const meanMicroseconds = points.reduce((sum, { microseconds }) => sum + microseconds, 0) / count;
    let [products, squares] = [0, 0];
    for (const { seconds, microseconds } of points) {
      products += (seconds - meanSeconds) * (microseconds - meanMicroseconds);
      squares += (seconds - meanSeconds) ** 2;
    }
    const slope = products / squares;
    const at = (seconds: number) => meanMicroseconds + slope * (seconds - meanSeconds);
    return {
      offsetMicroseconds: newest.microseconds + at(0),
      driftPartsPerMillion: slope,
      residualMicroseconds: Math.max(
        ...points.map(({ seconds, microseconds }) => Math.abs(microseconds - at(seconds))),
      ),
    };
  }

  #endWindow(nowNs: number): Fault | undefined {
    const before = this.#offsets.at(-1);
    const offset = { atNs: this.#windowEndNs, microseconds: this.#largest };
    this.#largest = -Infinity;
    this.#windowEndNs = nowNs + windowNs;
    this.#offsets.push(offset);
    if (this.#offsets.length > keptWindows) this.#offsets.shift();
    if (before === undefined) return undefined;
    const stepMicroseconds = offset.microseconds - before.microseconds;
    const seconds = (offset.atNs - before.atNs) / 1e9;
    const drifted = this.#limits.clockDriftMaxPartsPerMillion * seconds;
    const bound = this.#limits.clockStepMaxMicroseconds;
    if (!(Math.abs(stepMicroseconds) <= bound + drifted)) {
      this.#offsets.length = 0;
      const message = `The stimulator’s clock and this computer’s moved apart by ${(stepMicroseconds / 1000).toFixed(1)} ms at once.`;
      return { code: 'clock-step', message, value: Math.abs(stepMicroseconds) / 1000, bound: bound / 1000, unit: 'ms' };
    }
    return this.#checkDrift(offset);
  }

  #checkDrift(newest: { atNs: number; microseconds: number }): Fault | undefined {
    const oldest = this.#offsets[0];
    if (oldest === undefined || this.#offsets.length < driftWindows) return undefined;
    const seconds = (newest.atNs - oldest.atNs) / 1e9;
    const partsPerMillion = (newest.microseconds - oldest.microseconds) / seconds;
    const bound = this.#limits.clockDriftMaxPartsPerMillion;
    if (Math.abs(partsPerMillion) <= bound) return undefined;
    this.#offsets.length = 0;
    const message = `The stimulator’s clock drifts by ${partsPerMillion.toFixed(0)} ppm against this computer’s.`;
    return { code: 'clock-drift', message, value: Math.abs(partsPerMillion), bound, unit: 'ppm' };
  }
}
