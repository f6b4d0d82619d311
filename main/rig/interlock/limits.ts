// A limit profile in the interlock's own integers, looked up by electrode. Rig thread; pure.
import type { LimitProfile } from '../../../common/experiment/limit-profile.ts';

/** Limits of one electrode: nA, µs and fC, all integers. */
export interface ElectrodeLimits {
  readonly amplitudeMaxNanoamps: number;
  readonly phaseMinMicroseconds: number;
  readonly phaseMaxMicroseconds: number;
  readonly interphaseMaxMicroseconds: number;
  readonly chargeMaxFemtocoulombs: number;
  readonly rateMaxHz: number;
}

/** Frozen at arming. An electrode that is not in `electrodes` may not be stimulated. */
export interface FrozenLimits {
  readonly profile: string;
  readonly electrodes: ReadonlyMap<number, ElectrodeLimits>;
  readonly totalRateMaxHz: number;
  readonly pulsesPerSessionMax: number;
  readonly dataAgeMaxNs: number;
  readonly dataAgeToTripNs: number;
  readonly lateTicksToTrip: number;
  readonly lateTicksWindow: number;
  readonly refusalsInTenSecondsToTrip: number;
}

/**
 * Fractions of a nanoampere or femtocoulomb are cut off downwards: rounding never loosens a limit by a whole unit.
 * The millionth takes up what binary fractions lose: 2.01 nC are 2,010,000 fC.
 */
const wholeUnits = (value: number) => Math.floor(value + 1e-6);

/** Freezes a profile for one connected rig. */
export function freezeLimits(profile: LimitProfile): FrozenLimits {
  const electrodes = new Map<number, ElectrodeLimits>();
  for (const group of profile.electrodeGroups) {
    const limits: ElectrodeLimits = Object.freeze({
      amplitudeMaxNanoamps: wholeUnits(group.amplitudeMaxMicroamps * 1000),
      phaseMinMicroseconds: Math.ceil(group.phaseMinMicroseconds),
      phaseMaxMicroseconds: Math.floor(group.phaseMaxMicroseconds),
      interphaseMaxMicroseconds: Math.floor(group.interphaseMaxMicroseconds),
      chargeMaxFemtocoulombs: wholeUnits(group.chargePerPhaseMaxNanocoulombs * 1e6),
      rateMaxHz: group.rateMaxHz,
    });
    for (const electrode of group.electrodes) electrodes.set(electrode, limits);
  }
  return Object.freeze({
    profile: profile.name,
    electrodes,
    totalRateMaxHz: profile.total.rateMaxHz,
    pulsesPerSessionMax: profile.total.pulsesPerSessionMax,
    dataAgeMaxNs: profile.timing.dataAgeMaxMilliseconds * 1e6,
    dataAgeToTripNs: profile.timing.dataAgeToTripMilliseconds * 1e6,
    lateTicksToTrip: profile.timing.lateTicksToTrip,
    lateTicksWindow: profile.timing.lateTicksWindow,
    refusalsInTenSecondsToTrip: profile.timing.refusalsInTenSecondsToTrip,
  });
}
