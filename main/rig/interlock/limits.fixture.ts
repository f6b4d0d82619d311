// Limits, requests and snapshots for tests of whatever meets a decision.
import type { ActivityLimits } from '../../../common/limits/activity-limits.ts';
import { combineLimits, type LimitLayer } from '../../../common/limits/combine-limits.ts';
import type { ElectrodeLimits } from '../../../common/limits/electrode-limits.ts';
import type { ElectrodeGeometry } from '../../../common/limits/geometry.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import type { ProfileName } from '../../../common/limits/profile-name.ts';
import type { TimingLimits } from '../../../common/limits/timing-limits.ts';
import type { TotalLimits } from '../../../common/limits/total-limits.ts';
import { decide } from './decide.ts';
import { Dose } from './dose.ts';
import type { Permit } from './permit.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** In whole units. A number beyond the profile's ceiling becomes the ceiling, as in a site file. */
export interface LimitChange {
  profile?: ProfileName;
  electrodes?: readonly number[];
  /** Of every electrode. */
  electrode?: Partial<ElectrodeLimits>;
  total?: Partial<TotalLimits>;
  timing?: Partial<TimingLimits>;
  activity?: Partial<ActivityLimits>;
  /** null: not known. */
  geometry?: ElectrodeGeometry | null;
  /** null: not known, all electrodes are neighbours. */
  pitchMicrometres?: number | null;
  gridColumns?: number;
  /** Only tighten. */
  layers?: readonly LimitLayer[];
}

const electrode: Partial<ElectrodeLimits> = {
  amplitudeMaxNanoamps: 10_000,
  phaseMinMicroseconds: 20,
  phaseMaxMicroseconds: 500,
  interphaseMaxMicroseconds: 100,
  chargePerPhaseMaxFemtocoulombs: 2_000_000,
  rateMaxMillihertz: 20_000,
};
const total: Partial<TotalLimits> = { rateMaxMillihertz: 30_000, pulsesPerSessionMax: 1000 };
const timing: Partial<TimingLimits> = {
  dataAgeMaxMicroseconds: 10_000,
  lateTicksToTrip: 3,
  lateTicksWindow: 100,
  dataAgeToTripMicroseconds: 20_000,
  leaseMilliseconds: 100,
  beatMaxMilliseconds: 50,
  refusalsInTenSecondsToTrip: 10,
  gapToTripMicroseconds: 10_000,
};

/**
 * Bench limits of electrodes 3 and 7, which are no neighbours: 10 µA, 20 to 500 µs, 2 nC, 20 Hz; 30 Hz and 1000 pulses in all; data 10 ms
 * old, a dummy load of 2000 µm². What is left out is the profile's default.
 */
export function testLimits(change: LimitChange = {}): LimitsInForce {
  const electrodes = change.electrodes ?? [3, 7];
  const { geometry = { areaSquareMicrometres: 2000, material: 'dummy-load' }, pitchMicrometres = 1000 } = change;
  return combineLimits({
    profile: change.profile ?? 'bench',
    name: 'test',
    site: {
      electrodes: new Map(electrodes.map((each) => [each, { ...electrode, ...change.electrode }])),
      total: { ...total, ...change.total },
      timing: { ...timing, ...change.timing },
      activity: change.activity ?? {},
      geometry: new Map(geometry === null ? [] : electrodes.map((each) => [each, geometry])),
    },
    shortTrainElectrodes: new Set(),
    layers: change.layers ?? [],
    pitchMicrometres: pitchMicrometres ?? undefined,
    gridColumns: change.gridColumns ?? 8,
  });
}

/** A request well inside every limit. */
export const insideRequest: StimulusRequest = {
  request: 1,
  tick: 1,
  origin: 'simulation',
  electrode: 3,
  amplitudeNanoamps: 5000,
  phaseMicroseconds: 200,
  interphaseMicroseconds: 50,
  leadingPhase: 'cathodic',
  readout: 0,
};

/** Of these snapshots. */
export const openNowNs = 100e9;

/** A dose of nothing, released at time 0 and with every pulse set aside on disk. */
export function openDose(limits: LimitsInForce): Dose {
  const dose = new Dose(limits, 0);
  dose.reserve(Infinity);
  return dose;
}

/** A snapshot in which `insideRequest` is permitted: stimulating, fresh, the operator present; the presence control is not held. */
export function openSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  const { limits = testLimits(), nowNs = openNowNs } = change;
  return {
    state: 'stimulating',
    isTripped: false,
    confirmedSession: 1,
    sequence: 1,
    doesPhaseStimulate: true,
    dose: change.dose ?? openDose(limits),
    acquiredNs: nowNs,
    heardNs: nowNs,
    presentNs: nowNs,
    heldNs: -Infinity,
    impedanceOhms: () => 50_000,
    complianceMillivolts: 10_000,
    capability: 'L3',
    ...change,
    limits,
    nowNs,
  };
}

/** A permit, as the decision makes it. */
export function insidePermit(request: Partial<StimulusRequest> = {}, snapshot: Partial<Snapshot> = {}): Permit {
  const verdict = decide({ ...insideRequest, ...request }, openSnapshot(snapshot));
  if ('kind' in verdict) throw new Error(`${verdict.code}: ${verdict.value} against ${verdict.bound}`);
  return verdict;
}
