// Combines the layers of limits by taking the tightest value of each; used in every process. The order of the layers cannot matter.
import type { DeviceLimits } from '../device-protocol/device-identity.ts';
import { type ActivityLimitName, type ActivityLimits, activityLimits } from './activity-limits.ts';
import { type ElectrodeLimitName, type ElectrodeLimits, electrodeLimits } from './electrode-limits.ts';
import {
  type ElectrodeGeometry,
  injectionChargeFemtocoulombs,
  moreCautious,
  shannonChargeFemtocoulombs,
} from './geometry.ts';
import { ceilingOf, type LimitDeclaration, tighter, toWholeUnits } from './limit-declaration.ts';
import type { ElectrodeInForce, LimitsInForce } from './limits-in-force.ts';
import type { ProfileName } from './profile-name.ts';
import { trainLimits } from './short-train.ts';
import { type TimingLimitName, type TimingLimits, timingLimits } from './timing-limits.ts';
import { type TotalLimitName, type TotalLimits, totalLimits } from './total-limits.ts';

type Some<Name extends string> = Partial<Readonly<Record<Name, number>>>;

/** One layer in whole units; what it leaves out it does not limit. */
export interface LimitLayer {
  /** The only electrodes that may be stimulated, with the limits of each; undefined: the layer lists none and keeps none out. */
  readonly electrodes: ReadonlyMap<number, Some<ElectrodeLimitName>> | undefined;
  readonly total: Some<TotalLimitName>;
  readonly timing: Some<TimingLimitName>;
  readonly activity: Some<ActivityLimitName>;
  readonly geometry: ReadonlyMap<number, ElectrodeGeometry>;
}

export interface LimitSources {
  readonly profile: ProfileName;
  readonly name: string;
  /** The signed file of the site: it alone may loosen a default, up to the ceiling. Undefined: there is none. */
  readonly site: LimitLayer | undefined;
  /** Electrodes of the site file under the short-train extension. */
  readonly shortTrainElectrodes: ReadonlySet<number>;
  /** The device, the experiment's profile, tightenings of the session: each only tightens. */
  readonly layers: readonly LimitLayer[];
  readonly pitchMicrometres: number | undefined;
  readonly gridColumns: number;
}

type Table = Readonly<Record<string, LimitDeclaration>>;

/** The value of each limit: the site's or the default, not beyond the ceiling, then every layer's where it is tighter. */
function combineTable<T extends Table>(
  table: T,
  profile: ProfileName,
  site: Some<keyof T & string> | undefined,
  layers: readonly (Some<keyof T & string> | undefined)[],
): { readonly [K in keyof T]: number } {
  const values: Record<string, number> = {};
  for (const [name, declaration] of Object.entries(table)) {
    const key = name as keyof T & string;
    const ceiling = toWholeUnits(declaration, ceilingOf(declaration, profile));
    let value = tighter(declaration, site?.[key] ?? toWholeUnits(declaration, declaration.defaults[profile]), ceiling);
    for (const layer of layers) value = tighter(declaration, layer?.[key] ?? value, value);
    values[name] = value;
  }
  return Object.freeze(values) as { readonly [K in keyof T]: number };
}

function electrodeInForce(limits: ElectrodeLimits, geometry: ElectrodeGeometry | undefined): ElectrodeInForce {
  const area = geometry?.areaSquareMicrometres ?? 0;
  return Object.freeze({
    limits,
    geometry,
    shannonMaxFemtocoulombs: shannonChargeFemtocoulombs(area, limits.shannonMaxMilli),
    densityMaxFemtocoulombs: Math.floor(limits.chargeDensityMaxFemtocoulombsPerSquareMicrometre * area),
    injectionMaxFemtocoulombs: geometry === undefined ? 0 : injectionChargeFemtocoulombs(geometry),
  });
}

/** A dummy load counts as known metal on the bench only. */
function believed(profile: ProfileName, geometry: ElectrodeGeometry | undefined): ElectrodeGeometry | undefined {
  return geometry?.material === 'dummy-load' && profile !== 'bench' ? undefined : geometry;
}

/** An electrode is stimulated only when every layer that lists electrodes names it. */
function allowedElectrodes({ site, layers }: LimitSources): number[] {
  const lists = [site, ...layers].map((layer) => layer?.electrodes).filter((list) => list !== undefined);
  const [first, ...others] = lists;
  return [...(first?.keys() ?? [])].filter((electrode) => others.every((list) => list.has(electrode)));
}

/** The order of `layers` does not matter, nor does one that comes twice. */
export function combineLimits(sources: LimitSources): LimitsInForce {
  const { profile, name, site, layers, shortTrainElectrodes, pitchMicrometres, gridColumns } = sources;
  const electrodes = new Map<number, ElectrodeInForce>();
  for (const electrode of allowedElectrodes(sources)) {
    const own = [
      trainLimits(profile, shortTrainElectrodes.has(electrode)),
      ...layers.map((layer) => layer.electrodes?.get(electrode)),
    ];
    const limits: ElectrodeLimits = combineTable(electrodeLimits, profile, site?.electrodes?.get(electrode), own);
    const geometry = [site, ...layers].reduce<ElectrodeGeometry | undefined>(
      (known, layer) => moreCautious(known, layer?.geometry.get(electrode)),
      undefined,
    );
    electrodes.set(electrode, electrodeInForce(limits, believed(profile, geometry)));
  }
  const total: TotalLimits = combineTable(
    totalLimits,
    profile,
    site?.total,
    layers.map((layer) => layer.total),
  );
  const timing: TimingLimits = combineTable(
    timingLimits,
    profile,
    site?.timing,
    layers.map((layer) => layer.timing),
  );
  const activity: ActivityLimits = combineTable(
    activityLimits,
    profile,
    site?.activity,
    layers.map((layer) => layer.activity),
  );
  return Object.freeze({ profile, name, electrodes, total, timing, activity, pitchMicrometres, gridColumns });
}

/** What the device itself refuses, as a layer. @param electrodes those that it has. */
export function deviceLayer(limits: DeviceLimits, electrodes: Iterable<number>): LimitLayer {
  const own: Some<ElectrodeLimitName> = {
    amplitudeMaxNanoamps: limits.amplitudeMaxNanoamps,
    chargePerPhaseMaxFemtocoulombs: limits.chargePerPhaseMaxFemtocoulombs,
    phaseMaxMicroseconds: limits.phaseMaxMicroseconds,
    interphaseMaxMicroseconds: limits.interphaseMaxMicroseconds,
    rateMaxMillihertz: toWholeUnits(electrodeLimits.rateMaxMillihertz, limits.rateMaxHz),
  };
  return {
    electrodes: new Map([...electrodes].map((electrode) => [electrode, own])),
    total: {
      simultaneousElectrodesMax: limits.simultaneousElectrodesMax,
      rateMaxMillihertz: toWholeUnits(totalLimits.rateMaxMillihertz, limits.totalRateMaxHz),
    },
    timing: { leaseMilliseconds: limits.leaseMaxMilliseconds },
    activity: {},
    geometry: new Map(),
  };
}
