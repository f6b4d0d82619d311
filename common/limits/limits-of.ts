// The limits in force of a checked experiment on a device: which layers there are, and how two results compare; used in every process.
import { channelCount, type CheckedExperiment, reachableElectrodes } from '../experiment/checked-experiment.ts';
import { gridColumns } from '../experiment/electrode-grid.ts';
import type { DeviceIdentity } from '../device-protocol/device-identity.ts';
import { combineLimits, deviceLayer, type LimitLayer } from './combine-limits.ts';
import { type ElectrodeLimitName, electrodeLimits } from './electrode-limits.ts';
import { fileLayer } from './file-layer.ts';
import { isAtLeastAsTight, type LimitDeclaration } from './limit-declaration.ts';
import type { ElectrodeInForce, LimitsInForce } from './limits-in-force.ts';
import type { ProfileName } from './profile-name.ts';
import type { SiteLimits } from './site-file.ts';
import { activityLimits } from './activity-limits.ts';
import { timingLimits } from './timing-limits.ts';
import { totalLimits } from './total-limits.ts';

/** What of a device limits depend on. */
export type DeviceShape = Pick<DeviceIdentity, 'limits' | 'channels' | 'electrodePitchMicrometres'>;
/** What of an experiment they depend on. */
export type LimitedExperiment = Pick<CheckedExperiment, 'experiment' | 'limits' | 'site' | 'recording'>;

/** Electrodes of the site's file that are under the short-train extension. */
export function shortTrainElectrodes(site: SiteLimits | undefined): Set<number> {
  const groups = (site?.electrodeGroups ?? []).filter((group) => group.shortTrainExtension === true);
  return new Set(groups.flatMap((group) => group.electrodes));
}

/** Tissue without a site's file, or with one for another preparation, is not stimulated at all, however the experiment came here. */
function isCovered(preparation: ProfileName, site: SiteLimits | undefined): boolean {
  return site === undefined ? preparation === 'bench' : site.profile === preparation;
}

const nothing: LimitLayer = { electrodes: new Map(), total: {}, timing: {}, activity: {}, geometry: new Map() };

/** The closer of two pitches makes more electrodes neighbours, which share their charge. */
function closerPitch(a: number | undefined, b: number | null | undefined): number | undefined {
  return a === undefined || b === undefined || b === null ? (a ?? b ?? undefined) : Math.min(a, b);
}

/**
 * Combines the site's file, the device, the experiment's profile and the session's tightenings.
 * @param device undefined where it is not known yet: when a file is checked.
 */
export function limitsOf(
  checked: LimitedExperiment,
  device: DeviceShape | undefined,
  session: readonly LimitLayer[],
): LimitsInForce {
  const { limits: profile } = checked;
  const site = checked.site?.limits;
  const channels = device?.channels ?? channelCount(checked);
  const reachable = reachableElectrodes(checked.experiment);
  const electrodes = reachable ?? Array.from({ length: channels }, (_, electrode) => electrode);
  const ofDevice = device === undefined ? [] : [deviceLayer(device.limits, electrodes)];
  // Where no output leads, nothing may be asked for, also while the device is not known.
  const ofWires =
    reachable === undefined ? [] : [{ ...nothing, electrodes: new Map(reachable.map((each) => [each, {}])) }];
  const ofSite = isCovered(profile.preparation, site) ? [] : [nothing];
  return combineLimits({
    profile: profile.preparation,
    name: profile.name,
    site: site === undefined ? undefined : fileLayer(site),
    shortTrainElectrodes: shortTrainElectrodes(site),
    layers: [...ofSite, ...ofWires, ...ofDevice, fileLayer(profile), ...session],
    pitchMicrometres: closerPitch(site?.pitchMicrometres, device?.electrodePitchMicrometres),
    gridColumns: gridColumns(channels),
  });
}

function isTableTighter<Name extends string>(
  table: Readonly<Record<Name, LimitDeclaration>>,
  a: Readonly<Record<Name, number>>,
  b: Readonly<Record<Name, number>>,
): boolean {
  return (Object.keys(table) as Name[]).every((name) => isAtLeastAsTight(table[name], a[name], b[name]));
}

function isElectrodeTighter(a: ElectrodeInForce, b: ElectrodeInForce): boolean {
  return (
    isTableTighter<ElectrodeLimitName>(electrodeLimits, a.limits, b.limits) &&
    a.shannonMaxFemtocoulombs <= b.shannonMaxFemtocoulombs &&
    a.densityMaxFemtocoulombs <= b.densityMaxFemtocoulombs &&
    a.injectionMaxFemtocoulombs <= b.injectionMaxFemtocoulombs
  );
}

/** Without a known distance all electrodes are neighbours; else those that are close on the same grid. */
function haveMoreNeighbours(a: LimitsInForce, b: LimitsInForce): boolean {
  if (a.pitchMicrometres === undefined) return true;
  return (
    b.pitchMicrometres !== undefined && a.pitchMicrometres <= b.pitchMicrometres && a.gridColumns === b.gridColumns
  );
}

/** Whether `a` lets nothing through that `b` refuses. */
export function isTighterOrEqual(a: LimitsInForce, b: LimitsInForce): boolean {
  const areElectrodesTighter = [...a.electrodes].every(([electrode, own]) => {
    const other = b.electrodes.get(electrode);
    return other !== undefined && isElectrodeTighter(own, other);
  });
  return (
    areElectrodesTighter &&
    haveMoreNeighbours(a, b) &&
    isTableTighter(totalLimits, a.total, b.total) &&
    isTableTighter(timingLimits, a.timing, b.timing) &&
    isTableTighter(activityLimits, a.activity, b.activity)
  );
}
