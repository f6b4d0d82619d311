// An interlock in the state that a test needs, reached the way a rig reaches it.
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import { Interlock } from './interlock.ts';
import { interlockTiming } from './interlock-record.ts';
import { testLimits } from './limits.fixture.ts';

/** Device session of these interlocks. */
export const testSession = 7;

/** Armed, with every pulse set aside on disk. */
export function armedInterlock(nowNs = 0, limits: LimitsInForce = testLimits()): Interlock {
  const interlock = new Interlock(limits, interlockTiming, nowNs);
  interlock.dose.reserve(Infinity);
  interlock.apply({ kind: 'arm-requested', limitsHash: 'hash', nowNs });
  interlock.apply({ kind: 'checks-passed', nowNs });
  interlock.apply({ kind: 'arm-confirmed', session: testSession, limitsHash: 'hash', heldMilliseconds: 1000, nowNs });
  return interlock;
}

export function stimulatingInterlock(nowNs = 0, limits: LimitsInForce = testLimits()): Interlock {
  const interlock = armedInterlock(nowNs, limits);
  interlock.apply({ kind: 'run-started', isRecorded: true, isConfirmed: true, nowNs });
  return interlock;
}
