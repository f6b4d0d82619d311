// What a golden vector is: a request, what was given before it, what is known, and the answer; and how it becomes the decision's input. Rig thread; pure.
import type { RefusalCode } from '../../../common/contract/refusals.ts';
import { combineLimits } from '../../../common/limits/combine-limits.ts';
import type { ElectrodeLimits } from '../../../common/limits/electrode-limits.ts';
import type { ElectrodeGeometry } from '../../../common/limits/geometry.ts';
import type { LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import type { ProfileName } from '../../../common/limits/profile-name.ts';
import { chargeFemtocoulombs, pulseMicroseconds } from './check-pulse.ts';
import { Dose } from './dose.ts';
import { pulsePicojoules } from './heating.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

/** Electrode, current in nA, phase in µs, interphase gap in µs. */
type Pulse = readonly [electrode: number, nanoamps: number, phaseMicroseconds: number, interphaseMicroseconds: number];

/** What is otherwise than usual: stimulating in session 1 at 100 s, everything fresh, the presence control held, 10 kΩ. */
export interface Circumstances extends Partial<Pick<StimulusRequest, 'origin' | 'leadingPhase'>> {
  readonly state?: Snapshot['state'];
  readonly isTripped?: boolean;
  readonly session?: number;
  readonly doesPhaseStimulate?: boolean;
  readonly nowNs?: number;
  readonly dataAgeNs?: number;
  readonly unheardNs?: number;
  readonly absentNs?: number;
  readonly unheldNs?: number;
  readonly ohms?: number;
  readonly capability?: Snapshot['capability'];
  /** Pulses and fC that electrode 0 was given ten hours before, in an earlier session. */
  readonly earlier?: readonly [pulses: number, femtocoulombs: number];
  /** Pulses that are set aside of each electrode. */
  readonly reserved?: number;
  /** Name of what was given before. */
  readonly past?: string;
}

export type GoldenRequest = readonly [
  ask: Pulse,
  answer: RefusalCode | 'permit',
  value: number,
  bound: number,
  otherwise?: Circumstances,
];

export interface GoldenVectors {
  readonly profile: ProfileName;
  readonly geometry: readonly (readonly [electrode: number, geometry: ElectrodeGeometry])[];
  readonly electrodeLimits: Readonly<Record<number, Partial<ElectrodeLimits>>>;
  readonly currentMaxNanoamps: number;
  /** Pulses that were given, `count` of each from `firstNs` on; before them, each electrode had 20 µs of its largest amplitude at time 0. */
  readonly pasts: Readonly<
    Record<string, readonly (readonly [...Pulse, firstNs: number, count: number, everyNs: number])[]>
  >;
  readonly requests: readonly GoldenRequest[];
}

const electrodes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const usualNowNs = 100e9;
const usualOhms = 10_000;
const complianceMillivolts = 10_000;

/** The profile's defaults, with dose and rates that few pulses reach, on a grid of four columns, 300 µm apart. */
export function goldenLimits(vectors: GoldenVectors): LimitsInForce {
  const usual: Partial<ElectrodeLimits> = {
    rateMaxMillihertz: 20_000,
    trainMaxMilliseconds: 1000,
    onTimeMaxPermille: 20,
    pulsesPerDayMax: 1000,
    chargePerDayMaxFemtocoulombs: 1e9,
  };
  const { profile, geometry, electrodeLimits, currentMaxNanoamps } = vectors;
  const total = {
    rateMaxMillihertz: 25_000,
    pulsesPerSessionMax: 100,
    simultaneousElectrodesMax: 3,
    currentMaxNanoamps,
    temperatureRiseMaxMillikelvins: 1,
  };
  const own = electrodes.map((electrode) => [electrode, { ...usual, ...electrodeLimits[electrode] }] as const);
  return combineLimits({
    profile,
    name: 'golden',
    site: undefined,
    shortTrainElectrodes: new Set(),
    layers: [{ electrodes: new Map(own), total, timing: {}, activity: {}, geometry: new Map(geometry) }],
    pitchMicrometres: 300,
    gridColumns: 4,
  });
}

/** The request of a golden vector. */
export function goldenRequest([ask, , , , otherwise = {}]: GoldenRequest): StimulusRequest {
  const [electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds] = ask;
  const { origin = 'simulation', leadingPhase = 'cathodic' } = otherwise;
  const numbers = { electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds };
  return { request: 1, tick: 1, readout: 0, origin, leadingPhase, ...numbers };
}

/** Every pulse that was given before, with the time of its beginning. */
export function goldenPast(
  { pasts }: GoldenVectors,
  limits: LimitsInForce,
  past?: string,
): (readonly [Pulse, number])[] {
  const first = electrodes.map((electrode) => {
    const { amplitudeMaxNanoamps } = limits.electrodes.get(electrode)!.limits;
    return [[electrode, amplitudeMaxNanoamps, 20, 0], 0] as const;
  });
  const given = (pasts[past ?? ''] ?? []).flatMap(([...row]) => {
    const [electrode, nanoamps, phase, gap, firstNs, count, everyNs] = row;
    return Array.from(
      { length: count },
      (_, index) => [[electrode, nanoamps, phase, gap], firstNs + index * everyNs] as const,
    );
  });
  return [...first, ...given];
}

/** What was given before a request. */
export function goldenDose(
  vectors: GoldenVectors,
  limits: LimitsInForce,
  { earlier, reserved, past }: Circumstances,
): Dose {
  const dose = new Dose(limits, 0);
  dose.reserve(reserved ?? Infinity);
  if (earlier !== undefined)
    dose.addEarlier([{ electrode: 0, ageNs: 36e12, pulses: earlier[0], chargeFemtocoulombs: earlier[1] }], 0);
  for (const [ask, atNs] of goldenPast(vectors, limits, past)) {
    const request = goldenRequest([ask, 'permit', 0, 0]);
    dose.add(request.electrode, atNs, {
      durationNs: pulseMicroseconds(request) * 1000,
      chargeFemtocoulombs: chargeFemtocoulombs(request),
      amplitudeNanoamps: request.amplitudeNanoamps,
      picojoules: pulsePicojoules(request, usualOhms),
    });
  }
  return dose;
}

/** What is known when a request comes. */
export function goldenSnapshot(limits: LimitsInForce, dose: Dose, otherwise: Circumstances = {}): Snapshot {
  const { nowNs = usualNowNs, ohms = usualOhms } = otherwise;
  return {
    state: otherwise.state ?? 'stimulating',
    isTripped: otherwise.isTripped ?? false,
    confirmedSession: otherwise.session ?? 1,
    sequence: 1,
    doesPhaseStimulate: otherwise.doesPhaseStimulate ?? true,
    limits,
    dose,
    nowNs,
    acquiredNs: nowNs - (otherwise.dataAgeNs ?? 0),
    heardNs: nowNs - (otherwise.unheardNs ?? 0),
    presentNs: nowNs - (otherwise.absentNs ?? 0),
    heldNs: nowNs - (otherwise.unheldNs ?? 0),
    impedanceOhms: () => ohms,
    complianceMillivolts,
    capability: otherwise.capability ?? 'L3',
  };
}
