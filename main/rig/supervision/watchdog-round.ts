// One round of the watchdog as a pure function: what it sees of the rig thread and the device, and whether it renews, stops or trips. Watchdog thread.
import { answerTo } from '../../../common/base/control-block.ts';
import type { InterlockState } from '../../../common/contract/interlock-states.ts';

/** What the watchdog sees in one round. Times in host monotonic ns. */
export interface WatchdogLook {
  readonly nowNs: number;
  /** Completed work of the rig thread, and its answer to the newest challenge. */
  readonly beat: number;
  readonly answer: number;
  readonly isLeaseWanted: boolean;
  readonly state: InterlockState;
  readonly stopRequests: number;
  /** The rig thread's port is closed. */
  readonly isRigGone: boolean;
  /** What the device last said through the watchdog's own handle. */
  readonly isOutputOn: boolean;
  readonly isDry: boolean;
}

/** What it remembers between rounds; immutable. Only differences of its times count. */
export interface WatchdogMemory {
  /** Armed session whose lease is renewed; 0: none. */
  readonly session: number;
  readonly beat: number;
  readonly beatChangedNs: number;
  readonly challenge: number;
  readonly challengedNs: number;
  readonly lastRenewalNs: number;
  readonly lastStopNs: number;
  /** Since when output or lease do not fit the rig's state; Infinity: they do. */
  readonly wrongSinceNs: number;
  readonly stopRequests: number;
  /** The session was stopped: it is not renewed any more. */
  readonly isStopped: boolean;
}

export interface WatchdogTiming {
  readonly renewEveryNs: number;
  /** Longest time without completed work. */
  readonly beatMaxNs: number;
  /** How often a stop is repeated while the output is on. */
  readonly repeatStopNs: number;
  /** How long state, lease and output may differ: they change one after the other, and are heard of in two threads. */
  readonly wrongStateMaxNs: number;
}

/** Why the watchdog stopped of its own accord. */
export type WatchdogCause = 'beat-late' | 'not-answered' | 'wrong-state' | 'rig-gone';

export interface WatchdogDecision {
  readonly memory: WatchdogMemory;
  readonly doesStop: boolean;
  readonly doesRenew: boolean;
  readonly cause: WatchdogCause | undefined;
}

export const watchdogAtRest: WatchdogMemory = {
  session: 0,
  beat: 0,
  beatChangedNs: -Infinity,
  challenge: 0,
  challengedNs: -Infinity,
  lastRenewalNs: -Infinity,
  lastStopNs: -Infinity,
  wrongSinceNs: Infinity,
  stopRequests: 0,
  isStopped: true,
};

/** A session was armed, or (0) none is any more: its beat and its answers, none of which it has yet, are judged from now on. */
export function takeSession(memory: WatchdogMemory, session: number, nowNs: number): WatchdogMemory {
  return {
    ...memory,
    session,
    isStopped: session === 0,
    challenge: (memory.challenge + 1) | 0,
    beatChangedNs: nowNs,
    challengedNs: nowNs,
    lastRenewalNs: nowNs,
  };
}

const mayRenewIn = (state: InterlockState) => state === 'armed' || state === 'stimulating';
/** States in which the output may still be on, or is on with the relay open. */
const mayBeOnIn = (state: InterlockState, isDry: boolean) =>
  mayRenewIn(state) || state === 'stopping' || state === 'fault' || (state === 'check' && isDry);

/** Whether the output is on, or its lease is wanted, in a state in which neither may be. */
function isWrong({ isStopped }: WatchdogMemory, { state, isLeaseWanted, isOutputOn, isDry }: WatchdogLook): boolean {
  return (isOutputOn && !mayBeOnIn(state, isDry)) || (!isStopped && isLeaseWanted && !mayRenewIn(state));
}

/** Why the rig may not go on; undefined when all is well. */
function findCause(memory: WatchdogMemory, look: WatchdogLook, timing: WatchdogTiming): WatchdogCause | undefined {
  const { nowNs, isLeaseWanted, isRigGone } = look;
  if (isRigGone) return 'rig-gone';
  if (nowNs - memory.wrongSinceNs > timing.wrongStateMaxNs) return 'wrong-state';
  if (memory.isStopped || !isLeaseWanted) return undefined;
  if (!(nowNs - memory.beatChangedNs <= timing.beatMaxNs)) return 'beat-late';
  const isAnswered = look.answer === answerTo(memory.challenge);
  return isAnswered || nowNs - memory.challengedNs <= timing.beatMaxNs ? undefined : 'not-answered';
}

/** Total. The lease is renewed only on completed work that is fresh and answers the newest challenge. */
export function watchRound(memory: WatchdogMemory, look: WatchdogLook, timing: WatchdogTiming): WatchdogDecision {
  const { nowNs, beat, stopRequests, isLeaseWanted, isOutputOn } = look;
  const seen = {
    ...memory,
    stopRequests,
    ...(beat === memory.beat ? {} : { beat, beatChangedNs: nowNs }),
    wrongSinceNs: isWrong(memory, look) ? Math.min(memory.wrongSinceNs, nowNs) : Infinity,
  };
  const isAsked = stopRequests !== memory.stopRequests;
  const cause = findCause(seen, look, timing);
  const isNew = cause !== undefined && !memory.isStopped;
  const isStillOn = isOutputOn && !look.isDry && (memory.isStopped || !isLeaseWanted);
  const doesRepeat = (isStillOn || cause !== undefined) && nowNs - memory.lastStopNs >= timing.repeatStopNs;
  if (isAsked || isNew || doesRepeat) {
    const stopped = { ...seen, isStopped: true, lastStopNs: nowNs };
    return { memory: stopped, doesStop: true, doesRenew: false, cause: isNew || doesRepeat ? cause : undefined };
  }
  const isAnswered = look.answer === answerTo(memory.challenge);
  const doesRenew =
    !memory.isStopped &&
    isLeaseWanted &&
    mayRenewIn(look.state) &&
    isAnswered &&
    nowNs - memory.lastRenewalNs >= timing.renewEveryNs;
  const renewed = { ...seen, challenge: (memory.challenge + 1) | 0, challengedNs: nowNs, lastRenewalNs: nowNs };
  return { memory: doesRenew ? renewed : seen, doesStop: false, doesRenew, cause: undefined };
}
