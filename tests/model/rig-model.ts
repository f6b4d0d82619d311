// The rig thread around the real reducer: its life, its glue to the device and to the watchdog, and the normal form of its record; for the model check.
import type { Fault, FaultCode } from '../../common/contract/faults.ts';
import { type InterlockState, interlockStates } from '../../common/contract/interlock-states.ts';
import { initialRecord, type InterlockRecord } from '../../main/rig/interlock/interlock-record.ts';
import { limitNames } from './message.ts';
import { interlockTicks } from './scale.ts';

/**
 * 'hung': does nothing; 'beating' and 'answering': does nothing, but its beat or its answers go on, as from a loop or a timer that
 * computes no tick; 'gone': the thread has ended; 'dead': the process has.
 */
export const rigLives = ['running', 'hung', 'beating', 'answering', 'gone', 'dead'] as const;
export type RigLife = (typeof rigLives)[number];

/**
 * How far arming has come: the watchdog is asked to guard, it guards, ENABLE is sent and not yet confirmed. 'overtaken': the watchdog is
 * asked, but the rig has stopped meanwhile.
 */
export const enablings = ['no', 'asked', 'guarded', 'sent', 'overtaken'] as const;
export type Enabling = (typeof enablings)[number];

/** What the watchdog has said, on its way to the rig thread. */
export const reports = ['none', 'watchdog-stop', 'watchdog-state'] as const;
export type Report = (typeof reports)[number];

export interface Rig {
  /** The interlock's own. Time is always 0 here: when a tick passes, what is remembered moves one tick into the past. */
  readonly record: InterlockRecord;
  readonly life: RigLife;
  /** In this tick. */
  readonly hasWorked: boolean;
  /** A stop is repeated until the device confirms it. */
  readonly isStopping: boolean;
  readonly enabling: Enabling;
  /** Session of the last ENABLE: its STOP names it. */
  readonly enabledSession: number;
  /** The device has confirmed the armed session. */
  readonly isConfirmed: boolean;
  /** Pulses sent in the session. */
  readonly sequence: number;
  /** An order to stop is on its way. */
  readonly isStopOrdered: boolean;
  readonly report: Report;
  /** Since a status was heard. */
  readonly heardTicks: number;
  /** A self-test goes on whose attempt to arm is over. */
  readonly hasEarlierTest: boolean;
}

/**
 * A lasting condition that the rig sees for itself, and every other cause. The reducer looks at nothing of a cause but its code, and at
 * its code only to compare it: two classes are enough, and an exact one of a class stands for all.
 */
export const hazardCause: Fault = { code: 'simulation-fault', message: '' };
export const otherCause: Fault = { code: 'lease-lost', message: '' };
const causes = [undefined, hazardCause, otherCause] as const;

export const causeClass = (code: FaultCode): Fault => (code === hazardCause.code ? hazardCause : otherCause);

/** The model's own, so that the code under test is not judged by itself. */
export const isLive = (state: InterlockState): boolean => state === 'armed' || state === 'stimulating';

const enteredMax: Partial<Record<InterlockRecord['state'], number>> = {
  prearmed: interlockTicks.confirmWithinNs,
  armed: interlockTicks.armedIdleNs,
  stopping: interlockTicks.stopConfirmWithinNs,
};

/**
 * What two records have in common that no later event can tell apart: times saturate at the largest bound, and what a state does not
 * read is left out. `normal-form.test.ts` holds that the reducer respects it.
 */
export function normalRecord(record: InterlockRecord): InterlockRecord {
  const { state, firstCause } = record;
  const readsLimits = state === 'check' || state === 'prearmed';
  const readsQuiet = firstCause !== undefined && state !== 'fault';
  return {
    state,
    // Addition of 0 turns -0 into 0.
    enteredNs: Math.max(record.enteredNs, -(enteredMax[state] ?? 0)) + 0,
    session: record.session,
    limitsHash: readsLimits ? record.limitsHash : '',
    firstCause: firstCause === undefined ? undefined : causeClass(firstCause.code),
    furtherCauses: [],
    isAcknowledged: firstCause !== undefined && record.isAcknowledged,
    isTripChecked: state === 'tripped' && record.isTripChecked,
    lastFaultNs: readsQuiet ? Math.max(record.lastFaultNs, -interlockTicks.quietNs) + 0 : -Infinity,
  };
}

/** The rig thread of a program that has started now. */
export function startedRig(record: InterlockRecord): Rig {
  return {
    record: normalRecord(record),
    life: 'running',
    hasWorked: false,
    isStopping: false,
    enabling: 'no',
    enabledSession: 0,
    isConfirmed: false,
    sequence: 0,
    isStopOrdered: false,
    report: 'none',
    heardTicks: 0,
    hasEarlierTest: false,
  };
}

const safeRig = startedRig(initialRecord(0));

/** A thread that has ended leaves its word of the state behind, a process leaves nothing. */
export function endedRig({ record }: Rig, life: 'gone' | 'dead'): Rig {
  return { ...safeRig, life, record: life === 'gone' ? { ...safeRig.record, state: record.state } : safeRig.record };
}

/** One tick later. @param heardMax where the time without a status saturates; 0: it is not modelled */
export function passRigTime(rig: Rig, heardMax: number): Rig {
  const { record, heardTicks } = rig;
  if (rig.life === 'gone' || rig.life === 'dead') return rig;
  return {
    ...rig,
    hasWorked: false,
    heardTicks: Math.min(heardTicks + 1, heardMax),
    record: normalRecord({ ...record, enteredNs: record.enteredNs - 1, lastFaultNs: record.lastFaultNs - 1 }),
  };
}

const flag = (value: boolean) => (value ? 1 : 0);

/** A number below 2³⁹, different for each rig. */
export function rigKey(rig: Rig): number {
  const { record } = rig;
  const cause = causes.indexOf(record.firstCause);
  const limits = record.limitsHash === '' ? 2 : limitNames.indexOf(record.limitsHash as 'tight');
  const quiet = record.lastFaultNs === -Infinity ? 7 : -record.lastFaultNs;
  let key = interlockStates.indexOf(record.state);
  key = key * 8 - record.enteredNs;
  key = key * 8 + record.session;
  key = key * 4 + limits;
  key = key * 4 + cause;
  key = key * 8 + quiet;
  key = key * 4 + flag(record.isAcknowledged) * 2 + flag(record.isTripChecked);
  key = key * 8 + rigLives.indexOf(rig.life);
  key = key * 4 + flag(rig.hasWorked) * 2 + flag(rig.isStopping);
  key = key * 8 + enablings.indexOf(rig.enabling);
  key = key * 8 + rig.enabledSession;
  key = key * 4 + flag(rig.isConfirmed) * 2 + flag(rig.isStopOrdered);
  key = key * 4 + rig.sequence;
  key = key * 4 + reports.indexOf(rig.report);
  return (key * 8 + rig.heardTicks) * 2 + flag(rig.hasEarlierTest);
}
