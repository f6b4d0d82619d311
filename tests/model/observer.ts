// What the invariants remember of the past: how long ago permission ended, work was done, a stop was asked for; nobody in the model reads it; for the model check.
import { freshTicks, interlockTicks, leaseTicks, watchdogTicks } from './scale.ts';

/** All in ticks; each saturates one above the largest bound that it is compared with. */
export interface Observer {
  /** Since the rig last completed work, or sent ENABLE. */
  readonly work: number;
  /** Since pulses, and since any output, were last permitted. */
  readonly pulsePermission: number;
  readonly outputPermission: number;
  /** Since a stop was asked for that no new arming has followed; `noStop`: none. */
  readonly stop: number;
  /** Since the rig last saw the hazard. */
  readonly quiet: number;
  /** Since the watchdog first saw an output or a lease that does not fit the state; `notWrong`: it fits. */
  readonly wrong: number;
}

export const noStop = 7;
export const notWrong = 7;
/** Where the times since permission saturate: two above the bound, so that a report can show how far a mutant goes. */
export const permissionMax = leaseTicks + 2;
const wrongMax = watchdogTicks.wrongStateMaxNs + 2;

export const observerAtRest: Observer = {
  work: 0,
  pulsePermission: permissionMax,
  outputPermission: permissionMax,
  stop: noStop,
  quiet: interlockTicks.quietNs,
  wrong: notWrong,
};

/** One tick later. */
export function passObserverTime(observer: Observer): Observer {
  const { work, pulsePermission, outputPermission, stop, quiet, wrong } = observer;
  return {
    work: Math.min(work + 1, freshTicks + 1),
    pulsePermission: Math.min(pulsePermission + 1, permissionMax),
    outputPermission: Math.min(outputPermission + 1, permissionMax),
    stop: stop === noStop ? noStop : Math.min(stop + 1, leaseTicks),
    quiet: Math.min(quiet + 1, interlockTicks.quietNs),
    wrong: wrong === notWrong ? notWrong : Math.min(wrong + 1, wrongMax),
  };
}

/** The observer with what it sees now; the same one when that changes nothing. */
export function observed(observer: Observer, seen: Omit<Observer, 'quiet' | 'wrong'>): Observer {
  const isSame =
    seen.work === observer.work &&
    seen.pulsePermission === observer.pulsePermission &&
    seen.outputPermission === observer.outputPermission &&
    seen.stop === observer.stop;
  return isSame ? observer : { ...observer, ...seen };
}

export function observerKey({ work, pulsePermission, outputPermission, stop, quiet, wrong }: Observer): number {
  return work | (pulsePermission << 3) | (outputPermission << 6) | (stop << 9) | (quiet << 12) | (wrong << 15);
}
