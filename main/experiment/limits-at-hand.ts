// The limits in force as far as an experiment's files tell them before a device is connected; used by the main process.
import type { ElectrodeGroupLimits, LimitProfile } from '../../common/experiment/limit-profile.ts';
import { combineLimits, type LimitLayer } from '../../common/limits/combine-limits.ts';
import { electrodeLimits } from '../../common/limits/electrode-limits.ts';
import { fileLayer } from '../../common/limits/file-layer.ts';
import { ceilingOf, type LimitDeclaration, toWholeUnits } from '../../common/limits/limit-declaration.ts';
import type { LimitsInForce } from '../../common/limits/limits-in-force.ts';
import { shortTrainElectrodes } from '../../common/limits/limits-of.ts';
import type { ProfileName } from '../../common/limits/profile-name.ts';
import type { SiteLimits } from '../../common/limits/site-file.ts';
import { activityLimits } from '../../common/limits/activity-limits.ts';
import { timingLimits } from '../../common/limits/timing-limits.ts';
import { totalLimits } from '../../common/limits/total-limits.ts';
import type { Salvaged } from './salvaged.ts';

/** Limits of files of which a part may be wrong. What is lost counts as not limited: no true complaint is made of it, and no false one. */
export interface LimitsAtHand {
  inForce: LimitsInForce;
  /** What would hold without the profile. */
  withoutProfile: LimitsInForce;
  /** The site's file; undefined where there is none, or none that holds: then it may yet allow what the ceilings allow. */
  site: SiteLimits | undefined;
  /** Whether every layer that belongs to the experiment was read. */
  isSiteKnown: boolean;
}

function electrodesOf(group: Salvaged<ElectrodeGroupLimits> | undefined): number[] {
  return (group?.electrodes ?? []).filter((electrode) => electrode !== undefined);
}

function profileLayer(profile: Salvaged<LimitProfile>): LimitLayer {
  const groups = (profile.electrodeGroups ?? []).map((group) => ({ ...group, electrodes: electrodesOf(group) }));
  return fileLayer({
    electrodeGroups: groups,
    total: profile.total,
    timing: profile.timing,
    activity: profile.activity,
  });
}

function ceilings<T extends Readonly<Record<string, LimitDeclaration>>>(
  table: T,
  profile: ProfileName,
): Record<keyof T & string, number> {
  const entries = Object.entries(table).map(([name, declaration]) => [
    name,
    toWholeUnits(declaration, ceilingOf(declaration, profile)),
  ]);
  return Object.fromEntries(entries) as Record<keyof T & string, number>;
}

/** The loosest site file that could be signed. */
function anySite(profile: ProfileName, electrodes: readonly number[]): LimitLayer {
  const own = ceilings(electrodeLimits, profile);
  return {
    electrodes: new Map(electrodes.map((electrode) => [electrode, own])),
    total: ceilings(totalLimits, profile),
    timing: ceilings(timingLimits, profile),
    activity: ceilings(activityLimits, profile),
    geometry: new Map(),
  };
}

/** @returns undefined when the profile does not say for which preparation it is. */
export function limitsAtHand(profile: Salvaged<LimitProfile>, site: SiteLimits | undefined): LimitsAtHand | undefined {
  const { preparation, name = '' } = profile;
  if (preparation === undefined) return undefined;
  const isSiteKnown = site === undefined ? preparation === 'bench' : site.profile === preparation;
  const electrodes = (profile.electrodeGroups ?? []).flatMap(electrodesOf);
  const known = site === undefined ? undefined : fileLayer(site);
  const combine = (layers: LimitLayer[]) =>
    combineLimits({
      profile: preparation,
      name,
      site: isSiteKnown ? known : anySite(preparation, electrodes),
      shortTrainElectrodes: isSiteKnown ? shortTrainElectrodes(site) : new Set(electrodes),
      layers,
      pitchMicrometres: undefined,
      gridColumns: 1,
    });
  const covered = { ...fileLayer({ electrodeGroups: [] }), electrodes: new Map(electrodes.map((each) => [each, {}])) };
  return {
    inForce: combine([profileLayer(profile)]),
    withoutProfile: combine([covered]),
    site,
    isSiteKnown,
  };
}
