// What one tick of the simulation yields; rig thread and simulation process.
import type { Stimulus } from '../experiment/experiment.ts';
import type { Microseconds, Nanoamps } from '../units/units.ts';

/** A readout asks for a stimulus: a wish, on which the interlock decides. */
export interface StimulusRequest {
  /** Index of the readout in the network model. */
  readonly readout: number;
  readonly electrode: number;
  /** Amplitude of each phase. */
  readonly amplitudeNanoamps: Nanoamps;
  /** Duration of each phase. */
  readonly phaseMicroseconds: Microseconds;
  readonly interphaseMicroseconds: Microseconds;
  readonly leadingPhase: Stimulus['leadingPhase'];
}

/** What the population did in the ticks that it was advanced by. */
export interface TickOutcome {
  /** Neurons that fired: step after step, population after population, ascending. A view, overwritten by the next tick. */
  spikes: Uint32Array;
  /** In order of time, then of readouts. Overwritten by the next tick. */
  requests: readonly StimulusRequest[];
  /** Mean over all plastic synapses in mV, each as it was when it was last summed (docs/population.md); 0 when there are none. */
  meanPlasticWeightMillivolts: number;
}

/** A tick's outcome with its index and what it cost. */
export interface SimulationResult extends TickOutcome {
  /** Index of the tick; the newest one where several were advanced. */
  tick: number;
  /** Time that the simulation spent on it, without transport. */
  computeNs: number;
}

/** All plastic weights after a tick. */
export interface WeightsSnapshot {
  /** Index of the last tick before; −1 before the first. */
  readonly tick: number;
  /** In mV: projections in the model's order, synapses by sender, then receiver. */
  readonly weights: Float32Array;
}
