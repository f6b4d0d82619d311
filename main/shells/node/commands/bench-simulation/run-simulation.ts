// Lets the simulation's bench program measure one run. Main process of the plain-Node shell.
import {
  type SimulationRunAnswer,
  simulationRunAnswerSchema,
  type SimulationRunRequest,
} from '../../../../../common/bench/simulation-run.ts';
import type { Platform } from '../../../../rig/platform.ts';

/** A program that ends without an answer, for lack of memory perhaps, is an answer too. */
export function runSimulation(platform: Platform, request: SimulationRunRequest): Promise<SimulationRunAnswer> {
  const program = platform.startProgram('simulation-bench', []);
  return new Promise<SimulationRunAnswer>((resolve) => {
    program.onMessage((message) => resolve(simulationRunAnswerSchema.parse(message)));
    program.onExit(({ code, signal }) =>
      resolve({ kind: 'unavailable', reason: `the bench program ended with ${signal ?? `code ${code}`}` }),
    );
    program.send(request);
  }).finally(() => program.dispose());
}
