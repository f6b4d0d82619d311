// When a stimulator without a lease may fire: one pulse under a held dead-man, far enough from the last one; for drivers of class L1. Rig thread.
import type { Clock } from '../../../common/base/clock.ts';
import { capabilityRules } from '../../../common/contract/devices.ts';
import type { DeadMan } from './capability-class.ts';

export class SinglePulseRule {
  readonly #deadMan: DeadMan;
  readonly #clock: Clock;
  #firedNs = -Infinity;

  /** @param deadMan is asked at each pulse */
  constructor(deadMan: DeadMan, clock: Clock) {
    this.#deadMan = deadMan;
    this.#clock = clock;
  }

  /** Asked immediately before a pulse is sent. @returns why it may not be; undefined: it may, and counts as fired whatever becomes of it */
  refusal(): string | undefined {
    if (!this.#deadMan.isHeld) return 'the dead-man is not held';
    const nowNs = this.#clock.nowNs();
    const apartMs = (nowNs - this.#firedNs) / 1e6;
    const { leastMillisecondsApart } = capabilityRules.L1;
    if (apartMs < leastMillisecondsApart)
      return `the last pulse was ${Math.round(apartMs)} ms ago, less than ${leastMillisecondsApart}`;
    this.#firedNs = nowNs;
    return undefined;
  }
}
