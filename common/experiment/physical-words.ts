// A stimulus in words and numbers, as the operator reads it before arming; used in every process.
import type { Stimulus } from './experiment.ts';

/** "electrode 3: 3 µA for 200 µs, cathodic first, gap 50 µs, 0.6 nC per phase". */
export function physicalWords(stimulus: Stimulus): string {
  const { electrode, amplitudeMicroamps, phaseMicroseconds, interphaseMicroseconds, leadingPhase } = stimulus;
  const charge = Number(((amplitudeMicroamps * phaseMicroseconds) / 1000).toPrecision(3));
  const gap = interphaseMicroseconds === 0 ? 'no gap' : `gap ${interphaseMicroseconds} µs`;
  return `electrode ${electrode}: ${amplitudeMicroamps} µA for ${phaseMicroseconds} µs each phase, ${leadingPhase} first, ${gap}, ${charge} nC per phase`;
}
