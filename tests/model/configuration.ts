// How much of the world one exhaustive search has in it; for the model check.
import type { FaultKind } from './world.ts';

export interface Configuration {
  readonly name: string;
  /** Numbers of sessions, dry ones included; at most 7. */
  readonly sessionsMax: number;
  /** Pulses in a session; at most 3. */
  readonly pulsesMax: number;
  /** Messages under way on the handle of the rig thread, and on that of the watchdog; at most 3. */
  readonly rigMessagesMax: number;
  readonly watchdogMessagesMax: number;
  /** Ticks that a message may be under way; Infinity: without bound. */
  readonly delayMax: number;
  /** How many faults of these kinds may come; at most 3. */
  readonly faults: number;
  readonly faultKinds: readonly FaultKind[];
  /** Messages that a listener may keep and send again; 0 or 1. */
  readonly recordings: number;
  /** A message may arrive twice. */
  readonly hasDoubles: boolean;
  /** A hazard comes and goes any number of times, without counting as a fault. */
  readonly hasHazard: boolean;
  /** Checks of arming turn the output on with its relay open. */
  readonly hasSelfTest: boolean;
  /** How long ago the device was heard. */
  readonly hasSilence: boolean;
  readonly canTighten: boolean;
}

/** Nothing fails, nothing but the messages is lost. */
export const plain: Configuration = {
  name: 'plain',
  sessionsMax: 1,
  pulsesMax: 1,
  rigMessagesMax: 2,
  watchdogMessagesMax: 1,
  delayMax: 2,
  faults: 0,
  faultKinds: [],
  recordings: 0,
  hasDoubles: false,
  hasHazard: false,
  hasSelfTest: false,
  hasSilence: false,
  canTighten: false,
};
