// What is under test as one exchangeable whole: the real reducer, the real round of the watchdog, and the rules that device and host keep around them; for the model check.
import type { InterlockTiming } from '../../main/rig/interlock/interlock-record.ts';
import { reduce } from '../../main/rig/interlock/reduce.ts';
import { takeSession, watchRound } from '../../main/rig/supervision/watchdog-round.ts';
import { type DeviceRules, obedient } from './device-model.ts';
import { interlockTicks } from './scale.ts';

/** What the host does around the reducer; a mutant lacks one of these. */
export interface HostRules {
  /** The note of an arming is durable before it is armed. */
  readonly recordsBeforeArming: boolean;
  /** A start takes over what is on disk. */
  readonly keepsCause: boolean;
  readonly gateChecksLimits: boolean;
  readonly gateChecksHeard: boolean;
  /** Of the data that a pulse rests on. */
  readonly gateChecksAge: boolean;
  /** Once the watchdog guards the session, the stop word is looked at again before ENABLE is sent. */
  readonly looksAtStopWord: boolean;
  /** The outcome of a self-test counts for the attempt that began it. */
  readonly knowsOwnSelfTest: boolean;
  readonly loosensOnlyWhenSafe: boolean;
}

export interface Protocol {
  readonly reduce: typeof reduce;
  readonly watchRound: typeof watchRound;
  readonly takeSession: typeof takeSession;
  readonly interlockTiming: InterlockTiming;
  readonly device: DeviceRules;
  readonly host: HostRules;
}

export const careful: HostRules = {
  recordsBeforeArming: true,
  keepsCause: true,
  gateChecksLimits: true,
  gateChecksHeard: true,
  gateChecksAge: true,
  looksAtStopWord: true,
  knowsOwnSelfTest: true,
  loosensOnlyWhenSafe: true,
};

/** The real code, with a device and a host that keep the rules. */
export const realProtocol: Protocol = {
  reduce,
  watchRound,
  takeSession,
  interlockTiming: interlockTicks,
  device: obedient,
  host: careful,
};
