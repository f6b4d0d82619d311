// The watchdog thread around its real round, the words that it shares with the rig thread, and the normal form of its memory; for the model check.
import { watchdogAtRest, type WatchdogMemory } from '../../main/rig/supervision/watchdog-round.ts';
import { watchdogTicks } from './scale.ts';

/** Shared memory; the word of the interlock's state is the rig's record itself, since it is stored before anything is done. */
export interface Words {
  readonly isLeaseWanted: boolean;
  /** The beat has moved since the watchdog's last round. */
  readonly hasBeaten: boolean;
  /** The newest challenge is answered. */
  readonly isAnswered: boolean;
  /** A stop was requested since the watchdog's last round. */
  readonly isStopAsked: boolean;
}

export interface Watchdog {
  readonly isAlive: boolean;
  /** Its own. Time is always 0 here; counters begin at 0 again after each round. */
  readonly memory: WatchdogMemory;
  /** In this tick. */
  readonly hasRounded: boolean;
  /** It has told the rig thread why it stopped the session. */
  readonly isTold: boolean;
  /** What the device last said through its own handle. */
  readonly seesOn: boolean;
  readonly seesDry: boolean;
}

export const wordsAtRest: Words = { isLeaseWanted: false, hasBeaten: false, isAnswered: false, isStopAsked: false };

/** Times saturate at the largest bound; what a stopped session does not need is left out. `normal-form.test.ts` holds that the round respects it. */
export function normalMemory(memory: WatchdogMemory): WatchdogMemory {
  const { beatMaxNs, renewEveryNs, repeatStopNs, wrongStateMaxNs } = watchdogTicks;
  const ago = (atNs: number, max: number) => Math.max(atNs, -max) + 0;
  const sinceArmed = (atNs: number, max: number) => (memory.isStopped ? 0 : ago(atNs, max));
  return {
    session: memory.session,
    beat: 0,
    beatChangedNs: sinceArmed(memory.beatChangedNs, beatMaxNs + 1),
    challenge: 0,
    challengedNs: sinceArmed(memory.challengedNs, beatMaxNs + 1),
    lastRenewalNs: sinceArmed(memory.lastRenewalNs, renewEveryNs),
    lastStopNs: ago(memory.lastStopNs, repeatStopNs),
    wrongSinceNs: memory.wrongSinceNs === Infinity ? Infinity : ago(memory.wrongSinceNs, wrongStateMaxNs + 1),
    stopRequests: 0,
    isStopped: memory.isStopped,
  };
}

export const startedWatchdog: Watchdog = {
  isAlive: true,
  memory: normalMemory(watchdogAtRest),
  hasRounded: false,
  isTold: false,
  seesOn: false,
  seesDry: false,
};

export const deadWatchdog: Watchdog = { ...startedWatchdog, isAlive: false };

/** One tick later. */
export function passWatchdogTime(watchdog: Watchdog): Watchdog {
  const { memory, isAlive } = watchdog;
  if (!isAlive) return watchdog;
  return {
    ...watchdog,
    hasRounded: false,
    memory: normalMemory({
      ...memory,
      beatChangedNs: memory.beatChangedNs - 1,
      challengedNs: memory.challengedNs - 1,
      lastRenewalNs: memory.lastRenewalNs - 1,
      lastStopNs: memory.lastStopNs - 1,
      wrongSinceNs: memory.wrongSinceNs - 1,
    }),
  };
}

const flag = (value: boolean) => (value ? 1 : 0);

export function wordsKey({ isLeaseWanted, hasBeaten, isAnswered, isStopAsked }: Words): number {
  return flag(isLeaseWanted) | (flag(hasBeaten) << 1) | (flag(isAnswered) << 2) | (flag(isStopAsked) << 3);
}

export function watchdogKey({ isAlive, memory, hasRounded, isTold, seesOn, seesDry }: Watchdog): number {
  const wrong = memory.wrongSinceNs === Infinity ? 7 : -memory.wrongSinceNs;
  const flags =
    flag(isAlive) | (flag(hasRounded) << 1) | (flag(isTold) << 2) | (flag(seesOn) << 3) | (flag(seesDry) << 4);
  const times =
    -memory.beatChangedNs | (-memory.challengedNs << 2) | (-memory.lastRenewalNs << 4) | (-memory.lastStopNs << 5);
  return flags | (flag(memory.isStopped) << 5) | (memory.session << 6) | (times << 9) | (wrong << 15);
}
