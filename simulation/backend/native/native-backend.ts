// The back end in C++: the reference's network, computed by the native addon; simulation process.
import type { NativeAddon, NativeNetwork, NativeNetworkPlan } from '../../../native/native-addon.ts';
import type { SynapsePlaces } from '../../inspection/synapse-places.ts';
import { decayFactors } from '../../learning/traces.ts';
import type { CompiledNetwork, CompiledPopulation, CompiledProjection } from '../../network/compiled-network.ts';
import { noiseKey } from '../../network/random.ts';
import { checkChannels } from '../check-channels.ts';
import type { BlockingBackend } from '../backend.ts';
import type { NetworkState } from '../network-state.ts';
import { meanMillivoltsOf, plasticWeightsOf } from '../plastic-weights.ts';
import { populationSaturated, traceSaturated } from '../saturation.ts';

const whole = { nothing: 0, population: 1 } as const;

export class NativeBackend implements BlockingBackend {
  readonly name = 'native';
  readonly #network: CompiledNetwork;
  readonly #native: NativeNetwork;
  readonly #spikes: Uint32Array;
  readonly #saturation = new Float64Array(4);
  #step = 0;

  /** @param threads that compute it together; the calling one is among them */
  constructor(network: CompiledNetwork, Network: NativeAddon['Network'], threads = 1) {
    this.#network = network;
    this.#native = new Network(planOf(network, threads));
    this.#spikes = new Uint32Array(network.neurons * network.stepsPerTick);
  }

  step(channels: Uint16Array, count: number): Uint32Array {
    checkChannels(channels, count, this.#network.channels);
    const fired = this.#native.tick(channels, count, this.#spikes, this.#saturation);
    if (this.#saturation[0] !== whole.nothing) this.#reportSaturation();
    this.#step += this.#network.stepsPerTick;
    return this.#spikes.subarray(0, fired);
  }

  meanPlasticWeightMillivolts(): number {
    return meanMillivoltsOf(this.#network, (projection) => this.#native.weightSum(projection));
  }

  plasticWeights(): Float32Array {
    return plasticWeightsOf(this.#network, (projection) => this.#native.weights(projection));
  }

  readState(population: number, variable: number, neurons: Uint32Array, values: Int32Array): void {
    this.#native.readState(population, variable, neurons, values);
  }

  readWeights(projection: number, { senders, synapses }: SynapsePlaces, weights: Int32Array): void {
    this.#native.readWeights(projection, senders, synapses, weights);
  }

  state(): NetworkState {
    return { step: this.#step, arrays: this.#native.state() };
  }

  restore({ step, arrays }: NetworkState): void {
    this.#native.restore(step, arrays);
    this.#step = step;
  }

  dispose(): void {
    // Memory and sleeping threads only; the collector takes them.
  }

  #reportSaturation(): never {
    const [kind, index, neurons, step] = this.#saturation as unknown as [number, number, number, number];
    throw kind === whole.population
      ? populationSaturated(this.#network.populations[index]!.model, neurons, step)
      : traceSaturated(this.#network.projections[index]!.name, neurons, step);
  }
}

function planOf(network: CompiledNetwork, threads: number): NativeNetworkPlan {
  return {
    stepsPerTick: network.stepsPerTick,
    threads,
    populations: network.populations.map((population) => populationOf(population, network.seed)),
    projections: network.projections.map((projection) => ({
      ...projection,
      rule: ruleOf(projection, network.stepMilliseconds),
    })),
    inputs: network.inputs,
  };
}

function populationOf(
  { model, firstNeuron, neurons, initialState }: CompiledPopulation,
  seed: number,
): NativeNetworkPlan['populations'][number] {
  const { name, state, receptors, graded } = neurons.model;
  return {
    neurons: model.neurons,
    kernel: name,
    initialState,
    receptors: receptors.length,
    parameters: neurons.parameters,
    tables: neurons.tables,
    randomKey: noiseKey(seed, firstNeuron) | 0,
    graded: graded === undefined ? undefined : state.indexOf(graded),
  };
}

function ruleOf(
  { rule }: CompiledProjection,
  stepMilliseconds: number,
): NativeNetworkPlan['projections'][number]['rule'] {
  if (rule === undefined) return undefined;
  const factors = (timeConstants: readonly number[]) =>
    timeConstants.map((milliseconds) => decayFactors(milliseconds, stepMilliseconds));
  return {
    kernel: rule.kernel,
    parameters: rule.parameters,
    senderFactors: factors(rule.senderTimeConstantsMilliseconds),
    receiverFactors: factors(rule.receiverTimeConstantsMilliseconds),
  };
}
