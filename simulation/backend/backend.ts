// The seam between the simulation and what computes it; simulation process.
import type { Disposable } from '../../common/base/disposable.ts';
import type { SynapsePlaces } from '../inspection/synapse-places.ts';
import type { NetworkState } from './network-state.ts';

/** Computes a compiled network tick by tick. The same network and input give the same spikes on every machine. */
export interface Backend extends Disposable {
  readonly name: 'native' | 'typescript' | 'webgpu';

  /**
   * Computes one tick. Input spikes take effect at its beginning. Nothing else may be called until the answer is there.
   * @param channels electrodes that spiked, read before this returns; one that spiked twice stands there twice
   * @param count number of valid entries in `channels`
   * @param signals third factors of the learning rules during this tick: `signalWords` of the network; left out: all learn, and third factors are 0
   * @returns neurons that fired, step after step, ascending within a step; a view, overwritten by the next call.
   * @throws SimulationFaultError 'saturated', 'gpu-…'; the back end cannot be used after that.
   */
  step(channels: Uint16Array, count: number, signals?: Int32Array): Uint32Array | Promise<Uint32Array>;

  /**
   * Mean over all plastic synapses with weights in mV; 0 when there are none. Weights are summed in turn, some senders of a projection
   * after each tick, so that each counts as it was when its part had its turn; up to 16,384 synapses are one part, and exact.
   */
  meanPlasticWeightMillivolts(): number;

  /** @returns a copy of all plastic weights in mV or nS: projections in order, synapses by sender, then receiver. */
  plasticWeights(): Float32Array | Promise<Float32Array>;

  /**
   * Reads a variable of some neurons as its kernel holds it; costs nothing that grows with the network.
   * @param variable index in the state of the population's model
   * @param neurons numbered within the population. @param values takes one for each.
   */
  readState(population: number, variable: number, neurons: Uint32Array, values: Int32Array): void | Promise<void>;

  /**
   * Reads what synapses of a projection that learns keep, as whole numbers; costs nothing that grows with the network.
   * @param projection index in the compiled network
   * @param variable −1 for the weights, else index among the variables of the rule. @param values takes one for each place.
   */
  readSynapses(projection: number, variable: number, places: SynapsePlaces, values: Int32Array): void | Promise<void>;

  /**
   * From the next tick on a population steps with other parameters, until they are set again; they are no part of the state. Costs a tick nothing.
   * @param parameters in the order of its model; read before this returns
   */
  setParameters(population: number, parameters: Int32Array): void;

  /** @returns a copy of everything that decides what comes. */
  state(): NetworkState | Promise<NetworkState>;

  /**
   * Goes on from a state of the same network, saved by any back end.
   * @throws RangeError or TypeError when it is not one; then nothing has changed.
   */
  restore(state: NetworkState): void;
}

/** Computes on the processor, in a thread of its own that it blocks: each answer is there at once, and nothing is allocated for it. */
export interface BlockingBackend extends Backend {
  step(channels: Uint16Array, count: number, signals?: Int32Array): Uint32Array;
  plasticWeights(): Float32Array;
  readState(population: number, variable: number, neurons: Uint32Array, values: Int32Array): void;
  readSynapses(projection: number, variable: number, places: SynapsePlaces, values: Int32Array): void;
  state(): NetworkState;
}
