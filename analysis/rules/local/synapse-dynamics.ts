// What happens at synapses between their events: the order within a step, traces and running means; analysis process.
import type { Values } from '../../../common/learning-rule/vector-equation.ts';

export type Phase = 'arrivals' | 'firings' | 'step' | 'memories';

export interface SynapseDynamics {
  readonly order: readonly Phase[];
  /** What is left of a trace, or of a mean's past, after a step; both times in ms. */
  remains(step: number, timeConstant: number): number;
  /** Adds spikes to traces and lets them decay. @param spiking indices, one for each spike */
  advanceTrace(trace: Float64Array, spiking: readonly number[], remains: number): void;
  /** Draws running means towards a value. */
  advanceAverage(average: Float64Array, value: Values, remains: number): void;
}

/** As the simulation of the population does it: a spike is read before it is remembered; decay is exact for any step. */
export const synapseDynamics: SynapseDynamics = {
  order: ['arrivals', 'firings', 'step', 'memories'],
  remains: (step, timeConstant) => Math.exp(-step / timeConstant),
  advanceTrace(trace, spiking, remains) {
    for (const index of spiking) trace[index]! += 1;
    for (let index = 0; index < trace.length; index++) trace[index]! *= remains;
  },
  advanceAverage(average, value, remains) {
    for (let index = 0; index < average.length; index++) {
      const now = typeof value === 'number' ? value : value[index]!;
      average[index] = now + (average[index]! - now) * remains;
    }
  },
};
