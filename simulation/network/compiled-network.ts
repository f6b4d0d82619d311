// The flat form of a network model that every back end computes on; simulation process.
import type { Population } from '../../common/experiment/network-model.ts';
import type { CompiledRule } from '../learning/compile-rule.ts';
import type { CompiledNeurons } from '../models/compiled-neurons.ts';

/** Synapses sorted by sending neuron: those of sender s are `rowStart[s]` to `rowStart[s + 1]` − 1. */
export interface SynapseRows {
  /** Senders + 1 entries. */
  readonly rowStart: Uint32Array;
  /** Receiving neuron, numbered within its population; ascending within a row. */
  readonly targets: Uint32Array;
  /** Peak depolarisation by one spike in mV, Q16. */
  readonly weights: Int32Array;
}

export interface CompiledPopulation extends CompiledNeurons {
  readonly model: Population;
  /** Number of the population's first neuron in the whole network. */
  readonly firstNeuron: number;
}

export interface CompiledProjection extends SynapseRows {
  readonly name: string;
  /** Index of the sending population. */
  readonly from: number;
  /** Index of the receiving population. */
  readonly to: number;
  /** Steps from a spike to its arrival, at least 1; the same for all synapses of a projection. */
  readonly delaySteps: number;
  /** Absent when the weights are fixed. */
  readonly rule: CompiledRule | undefined;
}

/** Electrode c drives neurons c·n to c·n + n − 1 of a population, modulo its size. */
export interface CompiledInput {
  /** Index of the driven population. */
  readonly to: number;
  readonly neuronsPerElectrode: number;
  /** In mV, Q16. */
  readonly weight: number;
}

export interface CompiledNetwork {
  readonly seed: number;
  readonly channels: number;
  readonly stepMilliseconds: number;
  readonly stepsPerTick: number;
  readonly neurons: number;
  readonly populations: readonly CompiledPopulation[];
  readonly projections: readonly CompiledProjection[];
  readonly inputs: readonly CompiledInput[];
}
