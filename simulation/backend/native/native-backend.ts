// The back end in C++: the reference's network, computed by the native addon; simulation process.
import type { NativeAddon, NativeNetwork, NativeNetworkPlan, NativeVectors } from '../../../native/native-addon.ts';
import type { SynapsePlaces } from '../../inspection/synapse-places.ts';
import type { CompiledNetwork, CompiledPopulation } from '../../network/compiled-network.ts';
import { noiseKey } from '../../network/random.ts';
import { checkChannels } from '../check-channels.ts';
import { checkSignals, quietSignals } from '../check-signals.ts';
import type { BlockingBackend } from '../backend.ts';
import type { NetworkState } from '../network-state.ts';
import { meanMillivoltsOf, plasticWeightsOf } from '../plastic-weights.ts';
import { withSurveys } from '../weight-survey.ts';
import { populationSaturated, traceSaturated, variableSaturated } from '../saturation.ts';
import { nativeRuleOf } from './native-rule.ts';

const saturated = { nothing: 0, population: 1, trace: 2 } as const;

export class NativeBackend implements BlockingBackend {
  readonly name = 'native';
  readonly #network: CompiledNetwork;
  readonly #native: NativeNetwork;
  readonly #spikes: Uint32Array;
  readonly #saturation = new Float64Array(4);
  readonly #quiet: Int32Array;
  #step = 0;

  /**
   * @param threads that compute it together; the calling one is among them
   * @param vectors the best that kernels and loops may be made for
   */
  constructor(
    network: CompiledNetwork,
    Network: NativeAddon['Network'],
    threads = 1,
    vectors: NativeVectors = 'avx512',
  ) {
    this.#network = network;
    this.#quiet = quietSignals(network);
    this.#native = new Network(planOf(network, threads, vectors));
    this.#spikes = new Uint32Array(network.neurons * network.stepsPerTick);
  }

  step(channels: Uint16Array, count: number, signals: Int32Array = this.#quiet): Uint32Array {
    checkChannels(channels, count, this.#network.channels);
    checkSignals(signals, this.#network);
    const fired = this.#native.tick(channels, count, this.#spikes, this.#saturation, signals);
    if (this.#saturation[0] !== saturated.nothing) this.#reportSaturation();
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

  readSynapses(projection: number, variable: number, { senders, synapses }: SynapsePlaces, values: Int32Array): void {
    this.#native.readSynapses(projection, variable + 1, senders, synapses, values);
  }

  setParameters(population: number, parameters: Int32Array): void {
    this.#native.setParameters(population, parameters);
  }

  state(): NetworkState {
    return { step: this.#step, arrays: this.#native.state() };
  }

  restore(state: NetworkState): void {
    const { step, arrays } = withSurveys(this.#network, state);
    this.#native.restore(step, arrays);
    this.#step = step;
  }

  dispose(): void {
    this.#native.release();
  }

  #reportSaturation(): never {
    const [kind, index, part, step] = this.#saturation as unknown as [number, number, number, number];
    if (kind === saturated.population) throw populationSaturated(this.#network.populations[index]!.model, part, step);
    const { name, rule } = this.#network.projections[index]!;
    if (kind === saturated.trace) throw traceSaturated(name, part, step);
    throw variableSaturated(name, rule!.variables[part]!, step);
  }
}

function planOf(network: CompiledNetwork, threads: number, vectors: NativeVectors): NativeNetworkPlan {
  return {
    stepsPerTick: network.stepsPerTick,
    threads,
    vectors,
    signalWords: network.signalWords,
    populations: network.populations.map((population) => populationOf(population, network.seed)),
    projections: network.projections.map((projection) => ({
      ...projection,
      rule: projection.rule && nativeRuleOf(projection.rule, projection, network.stepMilliseconds),
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
