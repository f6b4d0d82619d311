// Words for what is injected into populations. Runs in the page.
import type { NetworkPicture } from '../../common/contract/network-picture.ts';
import type { RunningDriveStatus } from '../../common/contract/rig-status.ts';
import { type DriveUnit, noDrive, problemWithin } from '../../common/experiment/network/drive.ts';
import { threeDigits } from './format.ts';

/** What a strength in each unit is, as the label of the field says it. */
export const strengthLabels: Readonly<Record<DriveUnit, string>> = {
  mV: 'Depolarisation',
  pA: 'Current',
  'mV/ms': 'Current',
  Hz: 'Added rate',
};

/** @returns why it cannot be injected, and what to do; '' when it can. @param strength null: nothing is typed */
export function driveReason(
  { name, drive: range }: Pick<NetworkPicture['populations'][number], 'name' | 'drive'>,
  strength: number | null,
  milliseconds: number | null,
): string {
  if (range === undefined) {
    const { what, fix } = noDrive({ name });
    return `${what}. ${fix}.`;
  }
  if (strength === null || milliseconds === null) return 'Type how strongly and for how long.';
  const drive = { strength, unit: range.unit, milliseconds };
  const problem = problemWithin({ name }, range, drive, range.shortestMilliseconds);
  return problem === undefined ? '' : `${problem.what[0]!.toUpperCase()}${problem.what.slice(1)}. ${problem.fix}.`;
}

/** "+5.00 mV, 0.4 s left". */
export function runningWords({ strength, unit, millisecondsLeft }: RunningDriveStatus): string {
  const sign = strength > 0 ? '+' : '';
  return `${sign}${threeDigits(strength)}\u00a0${unit}, ${(millisecondsLeft / 1000).toFixed(1)}\u00a0s left`;
}
