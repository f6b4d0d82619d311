// What the rig and the device are in: a hazard, the limits, the journal on disk, a frozen process, and how many faults may still come; for the model check.
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import type { InterlockRecord } from '../../main/rig/interlock/interlock-record.ts';
import { hazardCause, otherCause } from './rig-model.ts';

/** What can fail. Each takes one from the number of faults that a configuration allows. */
export const faultKinds = [
  /** Something that the rig sees and that lasts. */
  'hazard',
  /** The rig thread does nothing for a while. */
  'hang',
  /** It does nothing, but its beat goes on. */
  'hollow-beat',
  /** It does nothing, but its answers go on. */
  'hollow-answer',
  /** The operating system stops the whole process for a while. */
  'freeze',
  'kill',
  /** The rig thread ends, the rest of the program lives. */
  'thread-end',
  'watchdog-end',
  'emergency-stop',
  /** Limits or journal are found to have been changed. */
  'integrity',
  /** A pulse is made under other limits than those of its session. */
  'foreign-limits',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What a start of the program finds on disk: not closed, the first cause of a trip, whether it was acknowledged. */
export const journalStates = ['clean', 'unclean', 'hazard', 'other', 'hazard named', 'other named'] as const;
export type JournalState = (typeof journalStates)[number];

export interface World {
  /** In force for the next arming, and for each pulse. */
  readonly areLimitsNormal: boolean;
  /** Armed under normal limits: one bit for each session. */
  readonly frozenNormal: number;
  /** Sessions that were made so far. */
  readonly sessions: number;
  readonly isHazard: boolean;
  /** It came since the rig last looked. */
  readonly isHazardUnseen: boolean;
  readonly isFrozen: boolean;
  readonly journal: JournalState;
  /** The program died in a state that the next start must find. */
  readonly mustTrip: boolean;
  readonly faultsLeft: number;
  readonly recordingsLeft: number;
}

/** What the journal holds of a record once it has been written. */
export function journalOf({ state, firstCause, isAcknowledged }: InterlockRecord): JournalState {
  if (state === 'safe') return 'clean';
  if (firstCause === undefined) return 'unclean';
  const cause = firstCause === hazardCause ? 'hazard' : 'other';
  return isAcknowledged ? `${cause} named` : cause;
}

/** What a start of the program takes over: an unclean exit without a cause is a cause itself. */
export function carriedBy(journal: JournalState): CarriedCause | undefined {
  if (journal === 'clean') return undefined;
  const firstCause = journal.startsWith('hazard') ? hazardCause : otherCause;
  return { firstCause, isAcknowledged: journal.endsWith('named') };
}

const flag = (value: boolean) => (value ? 1 : 0);

export function worldKey(world: World): number {
  const flags =
    flag(world.areLimitsNormal) |
    (flag(world.isHazard) << 1) |
    (flag(world.isHazardUnseen) << 2) |
    (flag(world.isFrozen) << 3) |
    (flag(world.mustTrip) << 4);
  const counts = world.faultsLeft | (world.recordingsLeft << 2) | (world.sessions << 4);
  return flags | (counts << 5) | (journalStates.indexOf(world.journal) << 12) | (world.frozenNormal << 15);
}
