// How the limits of a site's file stand to the program's defaults and ceilings; used by the main process.
import { electrodeLimits } from '../../../common/limits/electrode-limits.ts';
import { injectionPerUnit } from '../../../common/limits/file-layer.ts';
import { injectionChargeFemtocoulombs } from '../../../common/limits/geometry.ts';
import { type GivenLimit, givenLimits } from '../../../common/limits/given-limits.ts';
import {
  ceilingOf,
  isAtLeastAsTight,
  type LimitDeclaration,
  toFileUnits,
  tighter,
  toWholeUnits,
} from '../../../common/limits/limit-declaration.ts';
import type { ProfileName } from '../../../common/limits/profile-name.ts';
import { trainLimits } from '../../../common/limits/short-train.ts';
import type { SiteLimits } from '../../../common/limits/site-file.ts';
import { activityLimits } from '../../../common/limits/activity-limits.ts';
import { timingLimits } from '../../../common/limits/timing-limits.ts';
import { totalLimits } from '../../../common/limits/total-limits.ts';
import { withUnit } from '../wording.ts';

export type SiteGroup = SiteLimits['electrodeGroups'][number];

/** One limit of a site's file. */
export interface SiteLimit extends GivenLimit {
  /** In which part of the file: `group 1`, `total`, `timing`, `activity`. */
  readonly section: string;
  /** Whether the file gives it; else `value` is what holds without. */
  readonly isGiven: boolean;
  /** What holds without the file, and what no file goes beyond; in the unit of the file. */
  readonly standard: number;
  readonly ceiling: number;
}

/** Ceiling of a limit in the unit of the file; on microelectrodes it depends on the short-train extension. */
function siteCeiling(name: string, declaration: LimitDeclaration, profile: ProfileName, group?: SiteGroup): number {
  const compiled = toWholeUnits(declaration, ceilingOf(declaration, profile));
  const ofTrains = group === undefined ? {} : trainLimits(profile, group.shortTrainExtension === true);
  const ofTrain = new Map<string, number>(Object.entries(ofTrains)).get(name) ?? compiled;
  return toFileUnits(declaration, tighter(declaration, compiled, ofTrain));
}

function limitsOfSection(
  section: string,
  table: Readonly<Record<string, LimitDeclaration>>,
  values: object,
  profile: ProfileName,
  group?: SiteGroup,
): SiteLimit[] {
  const given = new Map<string, number>(givenLimits(table, values).map(({ name, value }) => [name, value]));
  return Object.entries(table).map(([name, declaration]) => {
    const standard = declaration.defaults[profile];
    const ceiling = siteCeiling(name, declaration, profile, group);
    const value = given.get(name) ?? tighter(declaration, standard, ceiling);
    return { name, declaration, value, section, isGiven: given.has(name), standard, ceiling };
  });
}

/** A part of the file: a group of electrodes, all electrodes together, or time. */
export interface SiteSection {
  readonly section: string;
  /** Undefined for what is no group. */
  readonly group: SiteGroup | undefined;
  readonly limits: readonly SiteLimit[];
}

/** Every limit of every part of the file. */
export function siteSections(limits: SiteLimits): SiteSection[] {
  const { profile, electrodeGroups, total = {}, timing = {}, activity = {} } = limits;
  const part = (
    section: string,
    table: Readonly<Record<string, LimitDeclaration>>,
    values: object,
    group?: SiteGroup,
  ) => ({
    section,
    group,
    limits: limitsOfSection(section, table, values, profile, group),
  });
  return [
    ...electrodeGroups.map((group, index) => part(`group ${index + 1}`, electrodeLimits, group, group)),
    part('total', totalLimits, total),
    part('timing', timingLimits, timing),
    part('activity', activityLimits, activity),
  ];
}

export function siteLimitsOf(limits: SiteLimits): SiteLimit[] {
  return siteSections(limits).flatMap((section) => section.limits);
}

/** Whether a number lets nothing through that `bound` refuses, as the program rounds both. */
export function isWithin(declaration: LimitDeclaration, value: number, bound: number): boolean {
  return isAtLeastAsTight(declaration, toWholeUnits(declaration, value), toWholeUnits(declaration, bound));
}

/** How a number stands to the default: the program's word for it in tables. */
export function standing({ declaration, value, standard }: SiteLimit): 'as the default' | 'tightened' | 'loosened' {
  if (!isWithin(declaration, value, standard)) return 'loosened';
  return isWithin(declaration, standard, value) ? 'as the default' : 'tightened';
}

/** Whether a measurement allows more charge than the derated limit of the material. */
function isMeasuredLoosening(group: SiteGroup): boolean {
  const { areaSquareMicrometres, material, injectionLimitMeasuredMicrocoulombsPerSquareCentimetre: measured } = group;
  if (measured === undefined) return false;
  const derated = injectionChargeFemtocoulombs({ areaSquareMicrometres, material });
  return (
    injectionChargeFemtocoulombs({
      areaSquareMicrometres,
      material,
      measuredInjectionLimit: measured * injectionPerUnit,
    }) > derated
  );
}

/** Everything in the file that lets through what the program's defaults refuse, in words; each is a reason for a second signature. */
export function loosenings(limits: SiteLimits): string[] {
  const numbers = siteLimitsOf(limits)
    .filter((limit) => standing(limit) === 'loosened')
    .map(({ section, declaration: { fileKey, unit }, value, standard }) => {
      return `${fileKey} of ${section} is ${withUnit(value, unit)}, the default ${withUnit(standard, unit)}`;
    });
  const groups = limits.electrodeGroups.flatMap((group, index) => [
    ...(group.shortTrainExtension === true ? [`group ${index + 1} has the short-train extension`] : []),
    ...(isMeasuredLoosening(group)
      ? [`the measured injection limit of group ${index + 1} is above the derated one`]
      : []),
  ]);
  return [...numbers, ...groups];
}
