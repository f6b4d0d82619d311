// The interlock's state machine: which event leads from which state to which. Rig thread; pure.
import type { FaultCode } from '../../../common/contract/faults.ts';
import type { InterlockState } from '../../../common/contract/interlock-states.ts';

/** Everything that can happen to the interlock. */
export type InterlockEvent =
  | { kind: 'arm-requested' }
  | { kind: 'checks-passed' }
  | { kind: 'checks-failed' }
  | { kind: 'arm-confirmed' }
  | { kind: 'arm-cancelled' }
  /** A recorded run begins or ends. */
  | { kind: 'run-started' }
  | { kind: 'run-ended' }
  | { kind: 'stop' }
  | { kind: 'fault'; code: FaultCode }
  /** The device says that its output is off and the session burned. */
  | { kind: 'off-confirmed' }
  | { kind: 'stop-unconfirmed' }
  | { kind: 'reset' };

/** What the rig must do about a transition. */
export type InterlockAction = 'none' | 'stop-output';

export interface Transition {
  to: InterlockState;
  action: InterlockAction;
}

const stay = (state: InterlockState): Transition => ({ to: state, action: 'none' });
const stopping: Transition = { to: 'stopping', action: 'stop-output' };

/** States in which the output may be on. */
export function isLive(state: InterlockState): boolean {
  return state === 'armed' || state === 'stimulating';
}

/**
 * The next state. Total: an event that means nothing in a state leaves it.
 * @param hasCause whether a fault is latched, this event's included.
 */
export function transition(state: InterlockState, event: InterlockEvent, hasCause: boolean): Transition {
  switch (event.kind) {
    case 'stop':
      // Stop is always free: the output is turned off again even where it should be off already.
      return state === 'tripped' || state === 'fault' || state === 'safe'
        ? { to: state, action: 'stop-output' }
        : stopping;
    case 'fault':
      if (state === 'safe') return { to: 'tripped', action: 'stop-output' };
      return state === 'tripped' || state === 'fault' || state === 'stopping'
        ? { to: state, action: 'stop-output' }
        : stopping;
    case 'stop-unconfirmed':
      return state === 'stopping' ? { to: 'fault', action: 'stop-output' } : stay(state);
    case 'off-confirmed':
      return state === 'stopping' ? { to: hasCause ? 'tripped' : 'safe', action: 'none' } : stay(state);
    case 'arm-requested':
      return state === 'safe' && !hasCause ? { to: 'check', action: 'none' } : stay(state);
    case 'checks-passed':
      return state === 'check' ? { to: 'prearmed', action: 'none' } : stay(state);
    case 'checks-failed':
      return state === 'check' ? { to: 'safe', action: 'none' } : stay(state);
    case 'arm-confirmed':
      return state === 'prearmed' && !hasCause ? { to: 'armed', action: 'none' } : stay(state);
    case 'arm-cancelled':
      return state === 'check' || state === 'prearmed' ? { to: 'safe', action: 'none' } : stay(state);
    case 'run-started':
      return state === 'armed' ? { to: 'stimulating', action: 'none' } : stay(state);
    case 'run-ended':
      return isLive(state) ? stopping : stay(state);
    case 'reset':
      return state === 'tripped' ? { to: 'safe', action: 'none' } : stay(state);
  }
}
