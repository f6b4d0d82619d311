// The interlock's state machine as one pure, total reducer: which event leads from which state to which, and what must be done. Rig thread.
import type { Fault } from '../../../common/contract/faults.ts';
import type { InterlockState } from '../../../common/contract/interlock-states.ts';
import type { InterlockEvent } from './interlock-event.ts';
import { type InterlockRecord, type InterlockTiming, latchedCause } from './interlock-record.ts';

/** What the rig must do: turn the output on for the record's session, or off through every handle. */
export type InterlockAction = 'none' | 'enable-output' | 'stop-output';

export interface Reduction {
  readonly record: InterlockRecord;
  readonly action: InterlockAction;
}

/** States in which the output may be on. */
export function isLive(state: InterlockState): boolean {
  return state === 'armed' || state === 'stimulating';
}

/** States that a stop or a fault leaves: something is under way. */
function isUnderWay(state: InterlockState): boolean {
  return isLive(state) || state === 'check' || state === 'prearmed';
}

const stay = (record: InterlockRecord): Reduction => ({ record, action: 'none' });

function enter(record: InterlockRecord, state: InterlockState, nowNs: number): InterlockRecord {
  return { ...record, state, enteredNs: nowNs, ...(state === 'safe' ? { limitsHash: '' } : {}) };
}

const go = (record: InterlockRecord, state: InterlockState, nowNs: number): Reduction => ({
  record: enter(record, state, nowNs),
  action: 'none',
});

/** Off: from a state in which something is under way the device's confirmation is awaited; elsewhere the order is only repeated. */
function stop(record: InterlockRecord, nowNs: number): Reduction {
  return {
    record: isUnderWay(record.state) ? enter(record, 'stopping', nowNs) : record,
    action: 'stop-output',
  };
}

/** The first cause stays the first; later ones are appended, each code once. */
function latch(record: InterlockRecord, fault: Fault, nowNs: number): InterlockRecord {
  const { firstCause, furtherCauses } = record;
  if (firstCause === undefined)
    return { ...record, firstCause: fault, isAcknowledged: false, isTripChecked: false, lastFaultNs: nowNs };
  return {
    ...record,
    furtherCauses: latchedCause(record, fault.code) === undefined ? [...furtherCauses, fault] : furtherCauses,
    lastFaultNs: nowNs,
  };
}

function trip(record: InterlockRecord, fault: Fault, nowNs: number): Reduction {
  const latched = latch(record, fault, nowNs);
  // In the safe state the device has confirmed that its output is off.
  return latched.state === 'safe'
    ? { record: enter(latched, 'tripped', nowNs), action: 'stop-output' }
    : stop(latched, nowNs);
}

/** The output cannot be trusted any more: only a physical act and a restart lead on. */
function giveUp(record: InterlockRecord, fault: Fault, nowNs: number): Reduction {
  return { record: enter(latch(record, fault, nowNs), 'fault', nowNs), action: 'stop-output' };
}

const unexpectedOutput: Fault = {
  code: 'unexpected-output',
  message: 'The stimulator reports that its output is on although the rig is not armed.',
};

function hearDevice(
  record: InterlockRecord,
  { isOutputOn, isDry, burnedSession, nowNs }: Extract<InterlockEvent, { kind: 'device-heard' }>,
): Reduction {
  const isDriving = isOutputOn && !isDry;
  switch (record.state) {
    case 'stopping':
      if (isOutputOn || !(burnedSession >= record.session)) return stay(record);
      return go(record, record.firstCause === undefined ? 'safe' : 'tripped', nowNs);
    case 'safe':
    case 'tripped':
      return isDriving ? giveUp(record, unexpectedOutput, nowNs) : stay(record);
    case 'check':
    case 'prearmed':
      return isDriving ? trip(record, unexpectedOutput, nowNs) : stay(record);
    case 'armed':
    case 'stimulating':
    case 'fault':
      return stay(record);
  }
}

function passTime(record: InterlockRecord, nowNs: number, timing: InterlockTiming): Reduction {
  const inStateNs = nowNs - record.enteredNs;
  if (record.state === 'prearmed' && !(inStateNs < timing.confirmWithinNs)) return go(record, 'safe', nowNs);
  if (record.state === 'armed' && !(inStateNs < timing.armedIdleNs)) return stop(record, nowNs);
  if (record.state !== 'stopping' || inStateNs < timing.stopConfirmWithinNs) return stay(record);
  const [value, bound] = [inStateNs / 1e6, timing.stopConfirmWithinNs / 1e6];
  const message = `The stimulator has not confirmed within ${bound} ms that its output is off.`;
  return giveUp(record, { code: 'stop-unconfirmed', message, value, bound, unit: 'ms' }, nowNs);
}

function confirmArming(
  record: InterlockRecord,
  event: Extract<InterlockEvent, { kind: 'arm-confirmed' }>,
  timing: InterlockTiming,
): Reduction {
  const { session, limitsHash, heldMilliseconds, nowNs } = event;
  const mayArm =
    record.state === 'prearmed' &&
    record.firstCause === undefined &&
    nowNs - record.enteredNs < timing.confirmWithinNs &&
    heldMilliseconds >= timing.holdMilliseconds &&
    limitsHash === record.limitsHash &&
    session > record.session;
  return mayArm ? { record: { ...enter(record, 'armed', nowNs), session }, action: 'enable-output' } : stay(record);
}

function checkTrip(record: InterlockRecord, isPassed: boolean, nowNs: number): Reduction {
  if (record.state !== 'tripped') return stay(record);
  if (isPassed) return { record: { ...record, isTripChecked: true }, action: 'none' };
  const message = 'A pulse began after the stimulator should have been off, or its output is not off.';
  return giveUp(record, { code: 'late-pulse', message }, nowNs);
}

/** Why a reset is not possible now, in words; undefined when it is. */
export function resetBlockedBy(record: InterlockRecord, nowNs: number, timing: InterlockTiming): string | undefined {
  const { state, isAcknowledged, isTripChecked, lastFaultNs } = record;
  if (state === 'fault')
    return 'the output could not be confirmed off: disconnect the stimulator from the tissue and restart Exocortex';
  if (state === 'stopping') return 'the stimulator has not confirmed yet that its output is off';
  if (state !== 'tripped') return 'nothing is tripped';
  if (!isAcknowledged) return 'the cause has not been acknowledged';
  if (!isTripChecked) return 'the check after the trip is not complete';
  if (!(nowNs - lastFaultNs >= timing.quietNs)) return `the cause was there less than ${timing.quietNs / 1e9} s ago`;
  return undefined;
}

function reset(record: InterlockRecord, nowNs: number, timing: InterlockTiming): Reduction {
  if (resetBlockedBy(record, nowNs, timing) !== undefined) return stay(record);
  const cleared = { firstCause: undefined, furtherCauses: [], isAcknowledged: false, isTripChecked: false };
  return go({ ...record, ...cleared }, 'safe', nowNs);
}

/** Total: an event that means nothing in a state leaves the record as it is. */
export function reduce(record: InterlockRecord, event: InterlockEvent, timing: InterlockTiming): Reduction {
  const { state, firstCause } = record;
  const { nowNs } = event;
  switch (event.kind) {
    case 'arm-requested':
      return state === 'safe' && firstCause === undefined
        ? go({ ...record, limitsHash: event.limitsHash }, 'check', nowNs)
        : stay(record);
    case 'checks-passed':
      return state === 'check' ? go(record, 'prearmed', nowNs) : stay(record);
    case 'checks-failed':
      return state === 'check' ? go(record, 'safe', nowNs) : stay(record);
    case 'arm-confirmed':
      return confirmArming(record, event, timing);
    case 'arm-cancelled':
      return state === 'check' || state === 'prearmed' ? go(record, 'safe', nowNs) : stay(record);
    case 'run-started':
      return state === 'armed' && event.isRecorded && event.isConfirmed
        ? go(record, 'stimulating', nowNs)
        : stay(record);
    case 'run-ended':
      return isLive(state) ? stop(record, nowNs) : stay(record);
    case 'stop':
      return stop(record, nowNs);
    case 'fault':
      return trip(record, event.fault, nowNs);
    case 'fault-persists':
      return firstCause === undefined ? stay(record) : stay({ ...record, lastFaultNs: nowNs });
    case 'integrity-lost':
      return giveUp(record, event.fault, nowNs);
    case 'device-heard':
      return hearDevice(record, event);
    case 'trip-checked':
      return checkTrip(record, event.isPassed, nowNs);
    case 'acknowledge':
      return firstCause?.code === event.cause ? stay({ ...record, isAcknowledged: true }) : stay(record);
    case 'reset':
      return reset(record, nowNs, timing);
    case 'time':
      return passTime(record, nowNs, timing);
  }
}
