// In which order a tick is dispatched: how many steps the neurons take at once, and when what arrives by itself is delivered; simulation process.
import type { CompiledNetwork, CompiledProjection } from '../../network/compiled-network.ts';

/** Some steps in a row, counted from the tick's first. */
export interface Phase {
  /** `advance`: neurons take the steps, and their spikes are put where they will arrive. `arrive`: what is delivered when it arrives is, and synapses learn. */
  readonly kind: 'advance' | 'arrive';
  readonly firstStep: number;
  readonly steps: number;
}

/** Longer ways are delivered when they end: the ring of what is on its way to neurons would need a slot for each step. */
const longestPutSteps = 127;

/** Whether its spikes are put where they will arrive as soon as they are fired: nothing that happens on their way changes what they do there. */
export const isPutAhead = ({ rule, shortTerm, delaySteps }: CompiledProjection): boolean =>
  rule === undefined && shortTerm === undefined && delaySteps <= longestPutSteps;

/**
 * A spike that is fired in step t acts from step t + delay + 1 on, so neurons take the steps up to t + the shortest delay without hearing from
 * each other (min-delay batching). Where weights learn they take one: what arrives in a step counts as the step before has left its synapse.
 * @returns how many steps neurons take at once
 */
export function batchStepsOf({ stepsPerTick, projections }: CompiledNetwork): number {
  if (projections.some(({ rule }) => rule !== undefined)) return 1;
  return Math.min(stepsPerTick, 1 + Math.min(...projections.map(({ delaySteps }) => delaySteps)));
}

/**
 * @param doesArrive whether anything is delivered when it arrives: then all that arrives before a step is before the neurons take it, and what
 * arrives in the tick is at its end
 */
export function phasesOfTick(stepsPerTick: number, batchSteps: number, doesArrive: boolean): Phase[] {
  const phases: Phase[] = [];
  let arrived = 0;
  const arriveBefore = (step: number) => {
    if (!doesArrive || step <= arrived) return;
    phases.push({ kind: 'arrive', firstStep: arrived, steps: step - arrived });
    arrived = step;
  };
  for (let firstStep = 0; firstStep < stepsPerTick; firstStep += batchSteps) {
    const steps = Math.min(batchSteps, stepsPerTick - firstStep);
    arriveBefore(firstStep + steps - 1);
    phases.push({ kind: 'advance', firstStep, steps });
  }
  arriveBefore(stepsPerTick);
  return phases;
}
