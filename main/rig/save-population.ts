// Saves the state of the simulated population to a file, between two ticks. Rig thread.
import type { SaveAnswer, SavedState } from '../../common/simulation-protocol/saved-state.ts';
import type { ClosedLoop } from './closed-loop.ts';
import { holdsWithin, type RigTime } from './rig-time.ts';
import type { SimulationLink } from './simulation-link/simulation-link.ts';

/** A tick that is underway ends in this time, or is a fault by itself. */
const tickWithinMilliseconds = 1000;

/** What the recording's mark says of it. @param file name in the session's folder */
export const savedWords = (file: string, { step, sha256 }: SavedState): string =>
  `The population was saved before step ${step}: ${file}, SHA-256 ${sha256}.`;

/** The population stands still meanwhile; ticks go on without it. Never rejects. */
export async function savePopulation(
  loop: Pick<ClosedLoop, 'isSimulationPaused' | 'pauseSimulation' | 'resumeSimulation'>,
  link: Pick<SimulationLink, 'isBusy' | 'saveState'>,
  time: RigTime,
  path: string,
): Promise<SaveAnswer> {
  const wasPaused = loop.isSimulationPaused;
  loop.pauseSimulation();
  try {
    if (!(await holdsWithin(time, tickWithinMilliseconds, () => !link.isBusy)))
      return { problem: 'the simulation does not answer' };
    return await link.saveState(path);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    if (!wasPaused) loop.resumeSimulation();
  }
}
