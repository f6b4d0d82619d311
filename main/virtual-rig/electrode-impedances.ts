// Impedances of the virtual electrodes, as the device measures them; runs in the virtual rig.
import { SeededRandom } from './seeded-random.ts';

/** Stream of randomness of its own: spikes and noise are the same with and without it. */
const impedance = 5;
const meanOhms = 50_000;
/** Largest deviation from the mean. */
const spread = 0.2;

/** @returns ohms at 1 kHz, one for each electrode, the same for the same seed */
export function electrodeImpedances(channels: number, seed: number): number[] {
  const random = new SeededRandom(seed, impedance);
  return Array.from({ length: channels }, () => Math.round(meanOhms * (1 + spread * (2 * random.uniform() - 1))));
}
