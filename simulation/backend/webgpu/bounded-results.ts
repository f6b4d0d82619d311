// The results of a learning rule that must not leave their bounds; each has a counter on the graphics processor. Simulation process.
import { type Program, type ProgramEvent, programEvents } from '../../../common/learning-rule/program/program.ts';

export interface BoundedResult {
  readonly event: ProgramEvent;
  /** Index of the variable that it is. */
  readonly variable: number;
}

/** @returns them in the order in which the reference computes them for a synapse. */
export function boundedResults({ blocks }: Pick<Program, 'blocks'>): BoundedResult[] {
  return programEvents.flatMap((event) =>
    (blocks[event]?.outputs ?? [])
      .filter(({ isFaultBeyond }) => isFaultBeyond)
      .map(({ variable }) => ({ event, variable })),
  );
}
