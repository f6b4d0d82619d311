// Checks what the schema of a limit profile cannot see: ceilings, limits without effect, and limits that contradict each other; used by the main process.
import type { LimitProfile } from '../../common/experiment/limit-profile.ts';
import { electrodeLimits } from '../../common/limits/electrode-limits.ts';
import { type GivenLimit, givenLimits } from '../../common/limits/given-limits.ts';
import { ceilingOf, isAtLeastAsTight, toFileUnits, toWholeUnits } from '../../common/limits/limit-declaration.ts';
import type { LimitsInForce } from '../../common/limits/limits-in-force.ts';
import { activityLimits } from '../../common/limits/activity-limits.ts';
import { timingLimits } from '../../common/limits/timing-limits.ts';
import { totalLimits } from '../../common/limits/total-limits.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';
import type { Path } from './source-tree.ts';
import { withUnit } from './wording.ts';

export function checkLimitProfile(profile: FileContent<LimitProfile>, problems: ProblemList): void {
  checkCeilings(profile, problems);
  checkGroups(profile, problems);
  checkTiming(profile, problems);
}

/** Every number of the profile with its place. */
function numbersOf({ value }: FileContent<LimitProfile>): { path: Path; given: GivenLimit }[] {
  const sections: [path: Path, limits: GivenLimit[]][] = [
    ...(value.electrodeGroups ?? []).map((group, index): [Path, GivenLimit[]] => [
      ['electrodeGroups', index],
      givenLimits(electrodeLimits, group ?? {}),
    ]),
    [['total'], givenLimits(totalLimits, value.total ?? {})],
    [['timing'], givenLimits(timingLimits, value.timing ?? {})],
    [['activity'], givenLimits(activityLimits, value.activity ?? {})],
  ];
  return sections.flatMap(([path, limits]) =>
    limits.map((given) => ({ path: [...path, given.declaration.fileKey], given })),
  );
}

function checkCeilings(profile: FileContent<LimitProfile>, problems: ProblemList): void {
  const { preparation } = profile.value;
  if (preparation === undefined) return;
  for (const { path, given } of numbersOf(profile)) {
    if (isWithin(given, ceilingOf(given.declaration, preparation))) continue;
    const { label, fileKey, unit, sense } = given.declaration;
    const ceiling = withUnit(ceilingOf(given.declaration, preparation), unit);
    problems.error(
      profile.tree.placeAt(path),
      `${label} (${fileKey}) is ${withUnit(given.value, unit)}, beyond the ceiling for ${preparation}, ${ceiling}`,
      `Choose ${fileKey} ${sense === 'max' ? 'up to' : 'from'} ${ceiling}${sense === 'max' ? '' : ' on'}: no file and no signature goes beyond`,
    );
  }
}

function isWithin({ declaration, value }: GivenLimit, bound: number): boolean {
  return isAtLeastAsTight(declaration, toWholeUnits(declaration, value), toWholeUnits(declaration, bound));
}

/**
 * A profile only tightens: what is looser than the default has no effect unless the site's file has loosened that limit.
 * @param withoutProfile what would hold without the profile.
 */
export function checkEffect(
  profile: FileContent<LimitProfile>,
  withoutProfile: LimitsInForce,
  problems: ProblemList,
): void {
  for (const { path, given } of numbersOf(profile)) {
    const { declaration, name } = given;
    const standard = declaration.defaults[withoutProfile.profile];
    const ofSite = new Map(Object.entries(sectionOf(withoutProfile, path, profile.value))).get(name);
    const isBeyond = !isWithin(given, ceilingOf(declaration, withoutProfile.profile));
    const isLooser = (bound: number) => !isAtLeastAsTight(declaration, toWholeUnits(declaration, given.value), bound);
    if (ofSite === undefined || isBeyond || !isLooser(ofSite) || isWithin(given, standard)) continue;
    const { fileKey, unit } = declaration;
    const held = withUnit(toFileUnits(declaration, ofSite), unit);
    problems.warning(
      profile.tree.placeAt(path),
      `${fileKey} has no effect: ${held} holds without it, and a limit profile only tightens`,
      `Write ${held} or a tighter number; only a signed site file loosens`,
    );
  }
}

/** The limits beside which those at `path` of the profile stand; none for a group without electrodes. */
function sectionOf(
  { electrodes, total, timing, activity }: LimitsInForce,
  [list, index]: Path,
  profile: Salvaged<LimitProfile>,
): Readonly<Record<string, number>> {
  if (list === 'total') return total;
  if (list === 'timing') return timing;
  if (list === 'activity') return activity;
  const first = profile.electrodeGroups?.[Number(index)]?.electrodes?.find((electrode) => electrode !== undefined);
  return (first === undefined ? undefined : electrodes.get(first)?.limits) ?? {};
}

function checkGroups({ value, tree }: FileContent<LimitProfile>, problems: ProblemList): void {
  const groupOf = new Map<number, number>();
  for (const [index, group] of (value.electrodeGroups ?? []).entries()) {
    const { phaseMinMicroseconds: shortest, phaseMaxMicroseconds: longest, material } = group ?? {};
    if (shortest !== undefined && longest !== undefined && shortest > longest) {
      problems.error(
        tree.placeAt(['electrodeGroups', index, 'phaseMinMicroseconds']),
        `The shortest phase of ${shortest} µs is longer than the longest of ${longest} µs`,
        `Choose phaseMinMicroseconds up to ${longest}`,
      );
    }
    if (material === 'dummy-load' && value.preparation !== undefined && value.preparation !== 'bench') {
      problems.error(
        tree.placeAt(['electrodeGroups', index, 'material']),
        'A dummy load is no electrode in tissue',
        'Name the metal of the electrodes, or remove material and areaSquareMicrometres: the site file gives both',
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
}

function checkTiming({ value, tree }: FileContent<LimitProfile>, problems: ProblemList): void {
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
