// The rig's time: clock, timers and pauses in one, so that a simulation of the rig can give it another. Rig thread.
import { type Disposable, toDisposable } from '../../common/base/disposable.ts';
import type { Clock } from '../../common/base/clock.ts';

export interface RigTime extends Clock {
  /** Calls again and again until disposed. */
  every(milliseconds: number, act: () => void): Disposable;
  /** Calls once unless disposed before. */
  after(milliseconds: number, act: () => void): Disposable;
}

/** Monotonic, the same clock in every process of the machine. */
export const hostTime: RigTime = {
  nowNs: () => Number(process.hrtime.bigint()),
  every(milliseconds, act) {
    const timer = setInterval(act, milliseconds);
    return toDisposable(() => clearInterval(timer));
  },
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    return toDisposable(() => clearTimeout(timer));
  },
};

export function pause(time: RigTime, milliseconds: number): Promise<void> {
  return new Promise((resolve) => time.after(milliseconds, resolve));
}

/** Waits until `condition` holds, at most `milliseconds`. @returns whether it does. */
export async function holdsWithin(time: RigTime, milliseconds: number, condition: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < milliseconds && !condition(); waited += 5) await pause(time, 5);
  return condition();
}
