// Asks the simulation for samples while pages look, and keeps the newest of each part. Rig thread.
import {
  type NetworkPicture,
  networkSamplesHz,
  type PicturedSignal,
} from '../../../common/contract/network-picture.ts';
import type { NetworkModel } from '../../../common/experiment/network-model.ts';
import type { SimulationReady } from '../../../common/simulation-protocol/configuration.ts';
import type {
  NetworkSample,
  SampledWeights,
  SynapsesSample,
} from '../../../common/simulation-protocol/sample-message.ts';

/** Between two requests, even where many projections take turns: 20 samples a second. */
const leastPauseNs = 50e6;

/** One projection is sampled at a time, in turn, so that each answer is small. An answer that does not come is waited for by nobody. */
export class NetworkWatch {
  readonly #simulation: SimulationReady;
  readonly #wiring: Pick<NetworkPicture, 'electrodes' | 'inputs' | 'readouts'>;
  readonly #learning: readonly number[];
  readonly #pauseNs: number;
  /** A picture is made of every so many samples. */
  readonly #samplesPerPicture: number;
  readonly #signals: readonly Pick<PicturedSignal, 'name' | 'kind'>[];
  readonly #weights = new Map<number, { weights: SampledWeights; synapsesNow?: SynapsesSample }>();
  #turn = 0;
  #taken = 0;
  #isAsked = false;
  #dueNs = -Infinity;

  constructor(
    simulation: SimulationReady,
    { populations, inputs, readouts, signals }: NetworkModel,
    electrodes: number,
  ) {
    const numberOf = (name: string) => populations.findIndex((each) => each.name === name);
    this.#simulation = simulation;
    this.#signals = signals.map(({ name, kind }) => ({ name, kind }));
    this.#wiring = {
      electrodes,
      inputs: inputs.map(({ to, neuronsPerElectrode }) => ({ to: numberOf(to), neuronsPerElectrode })),
      readouts: readouts.map(({ name, from, neurons, stimulus }) => ({
        name,
        from: numberOf(from),
        neurons,
        stimulus,
      })),
    };
    this.#learning = simulation.projections.flatMap(({ learning }, index) => (learning === undefined ? [] : [index]));
    this.#pauseNs = Math.max(leastPauseNs, 1e9 / networkSamplesHz / Math.max(1, this.#learning.length));
    this.#samplesPerPicture = Math.round(1e9 / networkSamplesHz / this.#pauseNs);
  }

  /** Asks for the next part when it is due. @param request sends the request for a projection, or for potentials alone. */
  ask(nowNs: number, request: (projection: number | undefined) => void): void {
    if (this.#isAsked || nowNs < this.#dueNs) return;
    this.#isAsked = true;
    this.#dueNs = nowNs + this.#pauseNs;
    const projection = this.#learning[this.#turn % this.#learning.length];
    this.#turn++;
    request(projection);
  }

  /** @returns the network with what is newest of each part; undefined for samples between two pictures. */
  take({ tick, potentialsMillivolts, weights, learning }: NetworkSample): NetworkPicture | undefined {
    this.#isAsked = false;
    if (weights !== undefined)
      this.#weights.set(weights.projection, {
        weights: weights.sampled,
        ...(learning.synapses === undefined ? {} : { synapsesNow: learning.synapses }),
      });
    if (this.#taken++ % this.#samplesPerPicture > 0) return undefined;
    const { populations, projections } = this.#simulation;
    return {
      tick,
      ...this.#wiring,
      populations: populations.map((population, index) => ({
        ...population,
        potentialsMillivolts: potentialsMillivolts[index] ?? [],
      })),
      projections: projections.map((projection, index) => ({
        ...projection,
        ...this.#weights.get(index),
        isFrozen: learning.frozen.includes(index),
      })),
      signals: this.#signals.map((signal, index) => ({
        ...signal,
        values: learning.signals[index] ?? [],
        isHeld: learning.held.includes(index),
      })),
    };
  }
}
