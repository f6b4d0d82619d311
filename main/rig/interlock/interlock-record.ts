// What the interlock remembers: its state, the latched causes and the times by which it judges. Rig thread; pure.
import type { CarriedCause } from '../../../common/contract/carried-cause.ts';
import type { Fault } from '../../../common/contract/faults.ts';
import type { InterlockState } from '../../../common/contract/interlock-states.ts';

/** Immutable: each event makes a new one. Times in host monotonic ns; only their differences count. */
export interface InterlockRecord {
  readonly state: InterlockState;
  /** When the state was entered. */
  readonly enteredNs: number;
  /** Device session of the current or last arming; 0 before the first. */
  readonly session: number;
  /** Of the limits that arming froze; '' while safe. */
  readonly limitsHash: string;
  /** The first cause; it stays until a reset. */
  readonly firstCause: Fault | undefined;
  /** What followed, in order, each code once. */
  readonly furtherCauses: readonly Fault[];
  readonly isAcknowledged: boolean;
  /** Whether the check after the trip has been passed. */
  readonly isTripChecked: boolean;
  /** When a latched condition was last seen. */
  readonly lastFaultNs: number;
}

/** How long things may take, ns. */
export interface InterlockTiming {
  /** Between the two controls of arming. */
  readonly confirmWithinNs: number;
  /** Until the device confirms a stop. */
  readonly stopConfirmWithinNs: number;
  /** Without the cause before a reset. */
  readonly quietNs: number;
  /** Armed and unused. */
  readonly armedIdleNs: number;
  /** How long the second control is held, ms. */
  readonly holdMilliseconds: number;
}

export const interlockTiming: InterlockTiming = {
  confirmWithinNs: 15e9,
  stopConfirmWithinNs: 0.2e9,
  quietNs: 2e9,
  armedIdleNs: 60e9,
  holdMilliseconds: 1000,
};

const fresh: InterlockRecord = {
  state: 'safe',
  enteredNs: 0,
  session: 0,
  limitsHash: '',
  firstCause: undefined,
  furtherCauses: [],
  isAcknowledged: false,
  isTripChecked: false,
  lastFaultNs: -Infinity,
};

/**
 * The record of a new connection. Nothing is known of the output yet: a carried cause begins as a stop that the device
 * has to confirm, and ends in tripped.
 */
export function initialRecord(nowNs: number, carried?: CarriedCause): InterlockRecord {
  if (carried === undefined) return { ...fresh, enteredNs: nowNs };
  return { ...fresh, ...carried, state: 'stopping', enteredNs: nowNs, lastFaultNs: nowNs };
}

/** @returns the first or further cause with this code; undefined when none is latched. */
export function latchedCause({ firstCause, furtherCauses }: InterlockRecord, code: Fault['code']): Fault | undefined {
  return firstCause?.code === code ? firstCause : furtherCauses.find((cause) => cause.code === code);
}
