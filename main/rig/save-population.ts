// Saves the state of the simulated population to a file, between two ticks. Rig thread.
import type { SaveAnswer, SavedState } from '../../common/simulation-protocol/saved-state.ts';
import type { BetweenTicks } from './between-ticks.ts';
import type { SimulationLink } from './simulation-link/simulation-link.ts';

/** What the recording's mark says of it. @param file name in the session's folder */
export const savedWords = (file: string, { step, sha256 }: SavedState): string =>
  `The population was saved before step ${step}: ${file}, SHA-256 ${sha256}.`;

/** The population stands still meanwhile; ticks go on without it. Never rejects. */
export function savePopulation(
  betweenTicks: BetweenTicks,
  link: Pick<SimulationLink, 'saveState'>,
  path: string,
): Promise<SaveAnswer> {
  return betweenTicks.run(() => link.saveState(path));
}
