// Gathers what the ticks of one answer give: spikes, requests for stimuli, the mean weight; simulation process.
import type { SimulationConfiguration } from '../common/simulation-protocol/configuration.ts';
import type { StimulusRequest, TickOutcome } from '../common/simulation-protocol/result.ts';
import type { Backend } from './backend/backend.ts';
import type { NetworkState } from './backend/network-state.ts';
import type { CompiledNetwork } from './network/compiled-network.ts';
import { Readouts } from './readout/readouts.ts';
import { SpikeList } from './spike-list.ts';

export class TickOutcomes {
  readonly #readouts: Readouts;
  readonly #spikes = new SpikeList();
  readonly #requests: StimulusRequest[] = [];
  readonly #outcome: TickOutcome;

  constructor({ populations }: CompiledNetwork, configuration: SimulationConfiguration) {
    this.#readouts = new Readouts(populations, configuration);
    this.#outcome = { spikes: this.#spikes.view(), requests: this.#requests, meanPlasticWeightMillivolts: 0 };
  }

  begin(): void {
    this.#spikes.clear();
    this.#requests.length = 0;
  }

  /** @param fired neurons that fired in the next tick */
  add(fired: Uint32Array): void {
    this.#readouts.tick(fired, this.#requests);
    for (const neuron of fired) this.#spikes.add(neuron);
  }

  /** @returns one object, overwritten by the next call. */
  end(backend: Backend): Readonly<TickOutcome> {
    this.#outcome.spikes = this.#spikes.view();
    this.#outcome.requests = this.#requests;
    this.#outcome.meanPlasticWeightMillivolts = backend.meanPlasticWeightMillivolts();
    return this.#outcome;
  }

  /** @returns the state with that of the readouts. */
  withReadouts({ step, arrays }: NetworkState): NetworkState {
    return { step, arrays: { ...arrays, ...this.#readouts.state() } };
  }

  /** @throws RangeError when it is not the state of these readouts. */
  restore(arrays: NetworkState['arrays']): void {
    this.#readouts.restore(arrays);
  }
}
