// The limits that hold now, the tightest of every layer; used in every process.
import type { ActivityLimits } from './activity-limits.ts';
import type { ElectrodeLimits } from './electrode-limits.ts';
import type { ElectrodeGeometry } from './geometry.ts';
import type { ProfileName } from './profile-name.ts';
import type { TimingLimits } from './timing-limits.ts';
import type { TotalLimits } from './total-limits.ts';

/** What an electrode may carry. An electrode without geometry carries nothing. */
export interface ElectrodeInForce {
  readonly limits: ElectrodeLimits;
  readonly geometry: ElectrodeGeometry | undefined;
  /** Follow from geometry: fC; 0 without one. */
  readonly shannonMaxFemtocoulombs: number;
  readonly densityMaxFemtocoulombs: number;
  readonly injectionMaxFemtocoulombs: number;
}

/** Plain data, frozen. Only electrodes that are named may be stimulated: an allow-list. */
export interface LimitsInForce {
  readonly profile: ProfileName;
  /** Name of the experiment's limit profile. */
  readonly name: string;
  readonly electrodes: ReadonlyMap<number, ElectrodeInForce>;
  readonly total: TotalLimits;
  readonly timing: TimingLimits;
  readonly activity: ActivityLimits;
  /** Distance of neighbouring electrodes; undefined: not known, all count as neighbours. */
  readonly pitchMicrometres: number | undefined;
  /** Columns of the grid that electrodes lie on, row by row. */
  readonly gridColumns: number;
}
