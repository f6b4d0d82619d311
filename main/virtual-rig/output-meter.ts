// The current that flows through the output at a moment, from the pulses that are under way; times in device µs; runs in the virtual rig.
import type { PulseMessage } from '../../common/device-protocol/messages.ts';

/** A pulse that has begun is finished whatever happens: to cut it off would leave its charge in the tissue. */
export class OutputMeter {
  #underWay: { start: number; pulse: PulseMessage }[] = [];

  /** @param pulse as it is delivered */
  begin(pulse: PulseMessage, start: number): void {
    this.#underWay.push({ start, pulse });
  }

  /** @returns the signed sum over all electrodes, nA */
  nanoampsAt(now: number): number {
    this.#underWay = this.#underWay.filter(({ start, pulse }) => now >= start && now < start + durationOf(pulse));
    return this.#underWay.reduce((sum, { start, pulse }) => sum + currentOf(pulse, now - start), 0);
  }

  clear(): void {
    this.#underWay = [];
  }
}

/** Length of a pulse, µs. */
export function durationOf(pulse: PulseMessage): number {
  return pulse.firstMicroseconds + pulse.interphaseMicroseconds + pulse.secondMicroseconds;
}

/** @param microseconds since it began, within its duration */
function currentOf(pulse: PulseMessage, microseconds: number): number {
  if (microseconds < pulse.firstMicroseconds) return pulse.firstNanoamps;
  return microseconds < pulse.firstMicroseconds + pulse.interphaseMicroseconds ? 0 : pulse.secondNanoamps;
}
