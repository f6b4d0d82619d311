// Checks what the schema of a limit profile cannot see: limits that contradict each other; used by the main process.
import type { LimitProfile } from '../../common/experiment/limit-profile.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';

export function checkLimitProfile({ value, tree }: FileContent<LimitProfile>, problems: ProblemList): void {
  const groupOf = new Map<number, number>();
  for (const [index, group] of (value.electrodeGroups ?? []).entries()) {
    const { phaseMinMicroseconds: shortest, phaseMaxMicroseconds: longest } = group ?? {};
    if (shortest !== undefined && longest !== undefined && shortest > longest) {
      problems.error(
        tree.placeAt(['electrodeGroups', index, 'phaseMinMicroseconds']),
        `The shortest phase of ${shortest} µs is longer than the longest of ${longest} µs`,
        `Choose phaseMinMicroseconds up to ${longest}`,
      );
    }
    for (const [position, electrode] of (group?.electrodes ?? []).entries()) {
      if (electrode === undefined) continue;
      const earlier = groupOf.get(electrode);
      if (earlier !== undefined) {
        const where = earlier === index ? 'twice in this group' : `in group ${earlier + 1} already`;
        problems.error(
          tree.placeAt(['electrodeGroups', index, 'electrodes', position]),
          `Electrode ${electrode} is ${where}`,
          'Leave it in one group, once',
        );
      }
      groupOf.set(electrode, index);
    }
  }
  const { dataAgeMaxMilliseconds: refused, dataAgeToTripMilliseconds: tripped } = value.timing ?? {};
  if (refused !== undefined && tripped !== undefined && tripped < refused) {
    problems.error(
      tree.placeAt(['timing', 'dataAgeToTripMilliseconds']),
      `A data age of ${tripped} ms trips, but data up to ${refused} ms old may stimulate`,
      `Choose dataAgeToTripMilliseconds from ${refused} on`,
    );
  }
  const { lateTicksToTrip, lateTicksWindow } = value.timing ?? {};
  if (lateTicksToTrip !== undefined && lateTicksWindow !== undefined && lateTicksToTrip > lateTicksWindow) {
    problems.error(
      tree.placeAt(['timing', 'lateTicksToTrip']),
      `${lateTicksToTrip} late ticks cannot be among ${lateTicksWindow}`,
      `Choose lateTicksToTrip up to ${lateTicksWindow}`,
    );
  }
}
