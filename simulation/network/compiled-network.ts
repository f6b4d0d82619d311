// The flat form of a network model that every back end computes on; simulation process.
import type { ThirdFactorSource } from '../../common/experiment/network/plasticity.ts';
import type { Population } from '../../common/experiment/network/population.ts';
import type { CompiledRule } from '../learning/compile-rule.ts';
import type { Factor } from '../../common/learning-rule/program/program.ts';
import type { CompiledShortTerm } from '../learning/short-term.ts';
import type { CompiledNeurons } from '../models/compiled-neurons.ts';

/** Synapses sorted by sending neuron: those of sender s are `rowStart[s]` to `rowStart[s + 1]` − 1. */
export interface SynapseRows {
  /** Senders + 1 entries. */
  readonly rowStart: Uint32Array;
  /** Receiving neuron, numbered within its population; never descending within a row. */
  readonly targets: Uint32Array;
  /** Whole numbers; the projection's `weightUnit` is 1 mV or 1 nS. */
  readonly weights: Int32Array;
}

export interface CompiledPopulation {
  readonly model: Population;
  /** Number of the population's first neuron in the whole network. */
  readonly firstNeuron: number;
  /** What its kernel takes. */
  readonly neurons: CompiledNeurons;
  /** For each variable of the state, neuron by neuron. */
  readonly initialState: readonly Int32Array[];
}

/** A projection of the model, or the part of it that has one delay. */
export interface CompiledProjection extends SynapseRows {
  /** Of the projection of the model. */
  readonly name: string;
  /** Index of the sending population. */
  readonly from: number;
  /** Index of the receiving population. */
  readonly to: number;
  /** Index among the receptors of the receiving population. */
  readonly receptor: number;
  /** What a weight of 1 mV or 1 nS is as a whole number; negative where the sizes of inhibitory weights learn. */
  readonly weightUnit: number;
  /** Steps from a spike to its arrival, at least 1. */
  readonly delaySteps: number;
  /** Absent when the weights are fixed. */
  readonly rule: CompiledRule | undefined;
  /** Absent when every spike counts the same. */
  readonly shortTerm: CompiledShortTerm | undefined;
}

/** A signal that reaches the synapses of a projection that learns, as the tick's signals hold it. */
export interface CompiledThirdFactor {
  readonly source: ThirdFactorSource;
  /** Of the projection, in the model. */
  readonly projection: number;
  readonly factor: Factor;
  /** Place of its first number among the signals of a tick. */
  readonly start: number;
  /** How many numbers: one, or one for each receiver. */
  readonly length: number;
}

/** Electrode c drives neurons c·n to c·n + n − 1 of a population, modulo its size. */
export interface CompiledInput {
  /** Index of the driven population. */
  readonly to: number;
  /** Index among its receptors. */
  readonly receptor: number;
  readonly neuronsPerElectrode: number;
  /** A whole number, as the weights of synapses. */
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
  readonly thirdFactors: readonly CompiledThirdFactor[];
  /** For each projection of the model that learns, by its index there, which of the signals says that it does. */
  readonly gates: ReadonlyMap<number, number>;
  /** How many numbers learning rules read in a tick: third factors and gates. */
  readonly signalWords: number;
}
