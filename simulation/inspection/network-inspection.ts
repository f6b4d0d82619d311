// Looks into a network while it runs: some potentials of every population, and some weights of one projection at a time; simulation process.
import { assert } from '../../common/base/assert.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import { type NetworkSample, potentialsSampled } from '../../common/simulation-protocol/sample-message.ts';
import type { Backend, BlockingBackend } from '../backend/backend.ts';
import { toQ16 } from '../kernel/share-of.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';
import { populationIndex } from '../network/population-index.ts';
import type { Signals } from '../signals/signals.ts';
import { evenPlaces } from './even-places.ts';
import { inTurn } from './in-turn.ts';
import { type IndexedProjection, SampledProjection } from './sampled-projection.ts';

interface SampledPotentials {
  readonly neurons: Uint32Array;
  readonly values: Int32Array;
  readonly restMillivolts: number;
}

const noSignals = { signals: [], frozen: [], held: [] };

/** The cost of a sample is bounded, whatever the size of the network. It changes nothing of what the network does. */
export class NetworkInspection {
  /** In the order of the model. */
  readonly projections: readonly SampledProjection[];
  readonly #learns: readonly boolean[];
  readonly #signals: Pick<Signals, 'sample'> | undefined;
  /** Undefined where a population has no potential. */
  readonly #potentials: readonly (SampledPotentials | undefined)[];

  /** @param signals of the network, where it has any */
  constructor(model: NetworkModel, network: CompiledNetwork, signals?: Pick<Signals, 'sample'>) {
    this.#signals = signals;
    this.projections = model.projections.map(({ name, from, to }) => {
      const parts: IndexedProjection[] = [...network.projections.entries()].filter(([, part]) => part.name === name);
      const of = (population: string) => model.populations[populationIndex(model, population)]!.neurons;
      return new SampledProjection(parts, { senders: of(from), receivers: of(to) });
    });
    this.#learns = model.projections.map(({ plasticity }) => plasticity !== undefined);
    this.#potentials = network.populations.map(({ model: { neurons }, neurons: { restMillivolts } }) => {
      if (restMillivolts === undefined) return undefined;
      const places = evenPlaces(neurons, potentialsSampled);
      return { neurons: places, values: new Int32Array(places.length), restMillivolts };
    });
  }

  /** The first look is the slowest by far: it is taken before ticks are waited for. */
  warmUp(backend: Backend): void | Promise<void> {
    const learning = [...this.#learns.keys()].filter((index) => this.#learns[index]);
    return inTurn(learning, (index) => {
      const sample = this.sample(backend, -1, index);
      return sample instanceof Promise ? sample.then(() => undefined) : undefined;
    });
  }

  /** @param projection index of one that learns; undefined: potentials only. @returns a promise where the back end is waited for. */
  sample(backend: BlockingBackend, tick: number, projection: number | undefined): NetworkSample;
  sample(backend: Backend, tick: number, projection: number | undefined): NetworkSample | Promise<NetworkSample>;
  sample(backend: Backend, tick: number, projection: number | undefined): NetworkSample | Promise<NetworkSample> {
    assert(projection === undefined || this.#learns[projection] === true, `projection ${projection} does not learn`);
    const sampled = projection === undefined ? undefined : this.projections[projection]!;
    // The potential is the first variable of every model that has one.
    const reading = inTurn([...this.#potentials.keys()], (population) => {
      const potentials = this.#potentials[population];
      return potentials && backend.readState(population, 0, potentials.neurons, potentials.values);
    });
    const readWeights = () => sampled?.read(backend);
    const read = reading instanceof Promise ? reading.then(readWeights) : readWeights();
    const result = () => ({
      tick,
      potentialsMillivolts: this.#potentials.map(potentialsOf),
      weights: projection === undefined ? undefined : { projection, sampled: sampled!.sampled },
      learning: {
        ...(this.#signals?.sample ?? noSignals),
        ...(sampled === undefined ? {} : { synapses: sampled.synapsesNow }),
      },
    });
    return read instanceof Promise ? read.then(result) : result();
  }
}

function potentialsOf(sampled: SampledPotentials | undefined): number[] {
  if (sampled === undefined) return [];
  return Array.from(sampled.values, (value) => sampled.restMillivolts + value / toQ16(1));
}
