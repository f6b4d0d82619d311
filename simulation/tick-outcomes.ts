// What surrounds a back end in each tick: signals for its learning rules before, spikes, the end of drives, requests for stimuli and the mean weight after; simulation process.
import type { SimulationConfiguration } from '../common/simulation-protocol/configuration.ts';
import type { StimulusRequest, TickOutcome } from '../common/simulation-protocol/result.ts';
import type { Backend } from './backend/backend.ts';
import type { NetworkState } from './backend/network-state.ts';
import type { CompiledNetwork } from './network/compiled-network.ts';
import { Drives } from './drive/drives.ts';
import { Readouts } from './readout/readouts.ts';
import { Signals } from './signals/signals.ts';
import { SpikeList } from './spike-list.ts';

export class TickOutcomes {
  readonly #readouts: Readouts;
  /** What learning rules get from elsewhere. */
  readonly signals: Signals;
  /** What operators inject into populations. */
  readonly drives: Drives;
  readonly #stepsPerTick: number;
  #step = 0;
  readonly #spikes = new SpikeList();
  readonly #requests: StimulusRequest[] = [];
  readonly #outcome: TickOutcome;

  constructor(network: CompiledNetwork, configuration: SimulationConfiguration) {
    this.#readouts = new Readouts(network.populations, configuration);
    this.signals = new Signals(network, configuration);
    this.drives = new Drives(network, configuration);
    this.#stepsPerTick = network.stepsPerTick;
    this.#outcome = { spikes: this.#spikes.view(), requests: this.#requests, meanPlasticWeightMillivolts: 0 };
  }

  begin(): void {
    this.#spikes.clear();
    this.#requests.length = 0;
  }

  /** Number of the next step. */
  get step(): number {
    return this.#step;
  }

  /** @param fired neurons that fired in the next tick */
  add(fired: Uint32Array, backend: Backend): void {
    this.#step += this.#stepsPerTick;
    this.drives.endTick(backend);
    this.signals.observe(fired);
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

  /** @returns the state with that of signals, readouts and drives. */
  withOwnState({ step, arrays }: NetworkState): NetworkState {
    return { step, arrays: { ...arrays, ...this.#readouts.state(), ...this.signals.state(), ...this.drives.state() } };
  }

  /** @throws RangeError when it is not the state of these signals, readouts and drives. */
  restore({ step, arrays }: NetworkState, backend: Backend): void {
    this.#readouts.restore(arrays);
    this.signals.restore(arrays);
    this.drives.restore(arrays, backend);
    this.#step = step;
  }
}
