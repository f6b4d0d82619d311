// The synapses of one projection of the model that are looked at, whatever delays they have; simulation process.
import {
  synapsesSampledMax,
  weightBins,
  type SampledWeights,
  type SynapsesSample,
} from '../../common/simulation-protocol/sample-message.ts';
import type { Backend } from '../backend/backend.ts';
import type { CompiledProjection } from '../network/compiled-network.ts';
import type { SynapseState } from '../../common/learning-rule/program/program.ts';
import { evenPlaces } from './even-places.ts';
import { inTurn } from './in-turn.ts';
import { mostChanged, type SampledSynapses, spreadOf, weightMatrix } from './synapse-sample.ts';
import { synapsePlaces, type SynapsePlaces } from './synapse-places.ts';
import { countWeights, extent } from './weight-counts.ts';

/** A projection of the compiled network with its index there. */
export type IndexedProjection = readonly [index: number, projection: CompiledProjection];

interface SampledPart {
  readonly projection: number;
  readonly places: SynapsePlaces;
  /** Where the weights, then the variables of the part are written. */
  readonly values: readonly Int32Array[];
}

export class SampledProjection {
  readonly synapses: number;
  readonly #weightUnit: number;
  /** −1 where the sizes of inhibitory weights are kept. */
  readonly #sign: number;
  readonly #parts: readonly SampledPart[];
  readonly #initial: Int32Array;
  readonly #now: Int32Array;
  readonly #variables: readonly { readonly state: SynapseState; readonly now: Int32Array }[];
  readonly #where: SampledSynapses;
  /** Lowest and highest weight that were ever seen: the bins do not jump about. */
  #seen: readonly [lowest: number, highest: number];

  /** @param parts of the projection, one for each delay. @param neurons of the sending and the receiving population */
  constructor(parts: readonly IndexedProjection[], neurons: SampledSynapses['neurons']) {
    const { weightUnit = 1, rule } = parts[0]?.[1] ?? {};
    this.synapses = parts.reduce((sum, [, { targets }]) => sum + targets.length, 0);
    this.#weightUnit = Math.abs(weightUnit);
    this.#sign = Math.sign(weightUnit);
    const places = evenPlaces(this.synapses, synapsesSampledMax);
    this.#now = new Int32Array(places.length);
    this.#variables = (rule?.variables ?? []).map((state) => ({ state, now: new Int32Array(places.length) }));
    this.#where = { senders: new Uint32Array(places.length), receivers: new Uint32Array(places.length), neurons };
    const written = [this.#now, ...this.#variables.map(({ now }) => now)];
    let taken = 0;
    let before = 0;
    this.#parts = parts.map(([projection, rows]) => {
      const first = taken;
      while (taken < places.length && places[taken]! < before + rows.targets.length) taken++;
      const chosen = places.subarray(first, taken).map((place) => place - before);
      before += rows.targets.length;
      for (const [index, synapse] of chosen.entries()) this.#now[first + index] = rows.weights[synapse]!;
      const own = synapsePlaces(rows, chosen);
      this.#where.senders.set(own.senders, first);
      this.#where.receivers.set(
        chosen.map((synapse) => rows.targets[synapse]!),
        first,
      );
      return { projection, places: own, values: written.map((values) => values.subarray(first, taken)) };
    });
    this.#initial = this.#weights();
    this.#seen = extent(this.#initial);
  }

  /** Weights as they were at the beginning. */
  get initialWeights(): SampledWeights {
    return this.#count(this.#initial);
  }

  /** Reads weights and variables of the sampled synapses from a back end; only where they learn. @returns a promise where the back end is waited for. */
  read(backend: Backend): void | Promise<void> {
    return inTurn(this.#parts, ({ projection, places, values }) =>
      inTurn([...values.entries()], ([index, into]) => backend.readSynapses(projection, index - 1, places, into)),
    );
  }

  /** The weights that were read last. */
  get sampled(): SampledWeights {
    const weights = this.#weights();
    const [lowest, highest] = extent(weights);
    this.#seen = [Math.min(this.#seen[0], lowest), Math.max(this.#seen[1], highest)];
    return this.#count(weights);
  }

  /** What was read last, as it is shown. */
  get synapsesNow(): SynapsesSample {
    const weights = this.#weights();
    return {
      matrix: weightMatrix(this.#where, weights, this.#weightUnit),
      changed: mostChanged(this.#where, this.#initial, weights, this.#weightUnit),
      variables: this.#variables.map(({ state, now }) => spreadOf(state.symbol, now, 2 ** state.binaryPlaces)),
    };
  }

  /** The weights that were read last, below 0 where they inhibit. */
  #weights(): Int32Array {
    return this.#now.map((weight) => this.#sign * weight);
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
