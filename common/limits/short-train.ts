// How much charge microelectrodes may carry for how long: continuous stimulation, or short trains of more; used in every process.
import type { ElectrodeLimitName } from './electrode-limits.ts';
import type { ProfileName } from './profile-name.ts';

type SomeLimits = Partial<Readonly<Record<ElectrodeLimitName, number>>>;

/** 4 nC in each phase, given without end, killed neurons at a distance of 150 µm (McCreery, Pikov & Troyk 2010): no signature goes beyond. */
const continuous: SomeLimits = { chargePerPhaseMaxFemtocoulombs: 4_000_000 };

/** What a signed short-train extension demands for charge up to the ceiling: microstimulation as it is practised (Torab et al. 2011). */
const shortTrain: SomeLimits = {
  trainMaxMilliseconds: 1000,
  onTimeMaxPermille: 100,
  pulsesPerDayMax: 100_000,
};

/** @returns limits of an electrode beside its profile's ceilings. */
export function trainLimits(profile: ProfileName, hasShortTrainExtension: boolean): SomeLimits {
  if (hasShortTrainExtension) return shortTrain;
  return profile === 'penetrating-micro' ? continuous : {};
}
