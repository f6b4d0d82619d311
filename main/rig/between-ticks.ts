// Does something with the simulated population between two ticks, while it stands still. Rig thread.
import type { ClosedLoop } from './closed-loop.ts';
import { holdsWithin, type RigTime } from './rig-time.ts';
import type { SimulationLink } from './simulation-link/simulation-link.ts';

/** A tick that is underway ends in this time, or is a fault by itself. */
const tickWithinMilliseconds = 1000;

export interface Problem {
  problem: string;
}

/** Ticks go on without the population meanwhile. Never rejects. @returns why nothing was done, or what `act` answers. */
export async function betweenTicks<T>(
  loop: Pick<ClosedLoop, 'isSimulationPaused' | 'pauseSimulation' | 'resumeSimulation'>,
  link: Pick<SimulationLink, 'isBusy'>,
  time: RigTime,
  act: () => Promise<T>,
): Promise<T | Problem> {
  const wasPaused = loop.isSimulationPaused;
  loop.pauseSimulation();
  try {
    if (!(await holdsWithin(time, tickWithinMilliseconds, () => !link.isBusy)))
      return { problem: 'the simulation does not answer' };
    return await act();
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    if (!wasPaused) loop.resumeSimulation();
  }
}
