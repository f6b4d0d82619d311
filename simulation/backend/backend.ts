// The seam between the simulation and what computes it; simulation process.
import type { Disposable } from '../../common/base/disposable.ts';

/**
 * Computes a compiled network tick by tick in a thread of its own, and may block it. The same network and input give the
 * same spikes on every machine.
 */
export interface Backend extends Disposable {
  readonly name: 'native' | 'typescript';

  /**
   * Computes one tick. Input spikes take effect at its beginning.
   * @param channels electrodes that spiked; one that spiked twice stands there twice
   * @param count number of valid entries in `channels`
   * @returns neurons that fired, step after step, ascending within a step; a view, overwritten by the next call.
   * @throws SimulationFaultError 'saturated'; the back end cannot be used after that.
   */
  step(channels: Uint16Array, count: number): Uint32Array;

  /** Mean over all plastic synapses in mV; 0 when there are none. */
  meanPlasticWeightMillivolts(): number;

  /** @returns a copy of all plastic weights in mV: projections in the model's order, synapses by sender, then receiver. */
  plasticWeights(): Float32Array;
}
