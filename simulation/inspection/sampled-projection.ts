// The synapses of one projection of the model that are looked at, whatever delays they have; simulation process.
import {
  synapsesSampledMax,
  weightBins,
  type SampledWeights,
} from '../../common/simulation-protocol/sample-message.ts';
import type { Backend } from '../backend/backend.ts';
import type { CompiledProjection } from '../network/compiled-network.ts';
import { evenPlaces } from './even-places.ts';
import { inTurn } from './in-turn.ts';
import { synapsePlaces, type SynapsePlaces } from './synapse-places.ts';
import { countWeights, extent } from './weight-counts.ts';

/** A projection of the compiled network with its index there. */
export type IndexedProjection = readonly [index: number, projection: CompiledProjection];

interface SampledPart {
  readonly projection: number;
  readonly places: SynapsePlaces;
  /** Into `#now`, where the weights of the part are written. */
  readonly weights: Int32Array;
}

export class SampledProjection {
  readonly synapses: number;
  readonly #weightUnit: number;
  readonly #parts: readonly SampledPart[];
  readonly #initial: Int32Array;
  readonly #now: Int32Array;
  /** Lowest and highest weight that were ever seen: the bins do not jump about. */
  #seen: readonly [lowest: number, highest: number];

  /** @param parts of the projection, one for each delay. @param weightUnit what a weight of 1 mV or 1 nS is as a whole number */
  constructor(parts: readonly IndexedProjection[], weightUnit: number) {
    this.synapses = parts.reduce((sum, [, { targets }]) => sum + targets.length, 0);
    this.#weightUnit = weightUnit;
    const places = evenPlaces(this.synapses, synapsesSampledMax);
    this.#now = new Int32Array(places.length);
    let taken = 0;
    let before = 0;
    this.#parts = parts.map(([projection, rows]) => {
      const first = taken;
      while (taken < places.length && places[taken]! < before + rows.targets.length) taken++;
      const own = places.subarray(first, taken).map((place) => place - before);
      before += rows.targets.length;
      for (const [index, synapse] of own.entries()) this.#now[first + index] = rows.weights[synapse]!;
      return { projection, places: synapsePlaces(rows, own), weights: this.#now.subarray(first, taken) };
    });
    this.#initial = this.#now.slice();
    this.#seen = extent(this.#initial);
  }

  /** Weights as they were at the beginning. */
  get initialWeights(): SampledWeights {
    return this.#count(this.#initial);
  }

  /** Reads the weights of the sampled synapses from a back end; only where they learn. @returns a promise where the back end is waited for. */
  read(backend: Backend): void | Promise<void> {
    return inTurn(this.#parts, ({ projection, places, weights }) => backend.readWeights(projection, places, weights));
  }

  /** The weights that were read last. */
  get sampled(): SampledWeights {
    const [lowest, highest] = extent(this.#now);
    this.#seen = [Math.min(this.#seen[0], lowest), Math.max(this.#seen[1], highest)];
    return this.#count(this.#now);
  }

  #count(weights: Int32Array): SampledWeights {
    const unit = this.#weightUnit;
    const [lowest, highest] = extent(weights);
    // Weights that are all the same stand in the middle of a narrow range.
    const margin = this.#seen[0] === this.#seen[1] ? Math.max(1, Math.abs(this.#seen[0]) / 10) : 0;
    const [from, to] = [this.#seen[0] - margin, this.#seen[1] + margin];
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return {
      lowest: lowest / unit,
      highest: highest / unit,
      mean: weights.length === 0 ? 0 : sum / weights.length / unit,
      from: from / unit,
      to: to / unit,
      counts: countWeights(weights, from, to, weightBins),
      initialCounts: countWeights(this.#initial, from, to, weightBins),
    };
  }
}
