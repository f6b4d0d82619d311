// The reference back end: plain TypeScript on whole numbers, readable first; simulation process.
import { checkChannels } from '../check-channels.ts';
import { checkSignals, quietSignals } from '../check-signals.ts';
import type { SynapsePlaces } from '../../inspection/synapse-places.ts';
import type { CompiledInput, CompiledNetwork } from '../../network/compiled-network.ts';
import { maxDelaySteps } from '../../network/max-delay.ts';
import { SpikeList } from '../../spike-list.ts';
import type { BlockingBackend } from '../backend.ts';
import { arrayName, type NetworkState } from '../network-state.ts';
import { meanMillivoltsOf, plasticWeightsOf } from '../plastic-weights.ts';
import { surveyName, withSurveys } from '../weight-survey.ts';
import { Population } from './population.ts';
import { Projection } from './projection.ts';

/**
 * A step: neurons integrate and fire; spikes that are due arrive and act from the next step on; synapses learn.
 * So a spike fired at time t acts from t + delay on, exactly.
 */
export class TypescriptBackend implements BlockingBackend {
  readonly name = 'typescript';
  readonly #network: CompiledNetwork;
  readonly #populations: readonly Population[];
  readonly #projections: readonly Projection[];
  readonly #spikes = new SpikeList();
  readonly #quiet: Int32Array;
  #step = 0;

  constructor(network: CompiledNetwork) {
    const { stepMilliseconds, seed } = network;
    this.#network = network;
    this.#quiet = quietSignals(network);
    this.#populations = network.populations.map(
      (population, index) => new Population(population, seed, maxDelaySteps(network, index)),
    );
    this.#projections = network.projections.map((model) => new Projection(model, this.#populations, stepMilliseconds));
  }

  step(channels: Uint16Array, count: number, signals: Int32Array = this.#quiet): Uint32Array {
    checkChannels(channels, count, this.#network.channels);
    checkSignals(signals, this.#network);
    for (const input of this.#network.inputs) this.#drive(input, channels, count);
    this.#spikes.clear();
    for (let index = 0; index < this.#network.stepsPerTick; index++) {
      for (const population of this.#populations) {
        population.step(this.#step);
        const fired = population.spikes.at(this.#step);
        for (let spike = 0; spike < fired.count; spike++) {
          this.#spikes.add(population.firstNeuron + fired.neurons[spike]!);
        }
      }
      for (const projection of this.#projections) projection.step(this.#step, signals);
      this.#step++;
    }
    const tick = this.#step / this.#network.stepsPerTick - 1;
    for (const { plastic } of this.#projections) plastic?.survey.survey(tick, plastic.weights);
    return this.#spikes.view();
  }

  meanPlasticWeightMillivolts(): number {
    return meanMillivoltsOf(this.#network, (index) => this.#projections[index]!.plastic!.survey.total());
  }

  plasticWeights(): Float32Array {
    return plasticWeightsOf(this.#network, (index) => this.#projections[index]!.plastic!.weights);
  }

  readState(population: number, variable: number, neurons: Uint32Array, values: Int32Array): void {
    const of = this.#populations[population]!.arrays.state[variable]!;
    for (const [index, neuron] of neurons.entries()) values[index] = of[neuron]!;
  }

  readSynapses(projection: number, variable: number, { synapses }: SynapsePlaces, values: Int32Array): void {
    const plastic = this.#projections[projection]!.plastic!;
    const of = variable < 0 ? plastic.weights : plastic.variables[variable]!;
    for (const [index, synapse] of synapses.entries()) values[index] = of[synapse]!;
  }

  setParameters(population: number, parameters: Int32Array): void {
    this.#populations[population]!.setParameters(parameters);
  }

  state(): NetworkState {
    const arrays = this.#arrays().map(([name, values]) => [name, values.slice()] as const);
    const spikes = this.#populations.flatMap((population, index) => [
      [arrayName('population', index, 'spikes'), population.spikesOnTheirWay(this.#step)] as const,
      [arrayName('population', index, 'shares'), population.sharesOnTheirWay(this.#step)] as const,
    ]);
    return { step: this.#step, arrays: Object.fromEntries([...arrays, ...spikes]) };
  }

  restore(state: NetworkState): void {
    const { step, arrays } = withSurveys(this.#network, state);
    const own = this.#arrays();
    for (const [name, values] of own) {
      if (arrays[name]?.length !== values.length) throw new RangeError(`the state has no ${name} of ${values.length}`);
    }
    const ways = this.#populations.map((population, index) => {
      const [spikes, shares] = ['spikes', 'shares'].map((what) => arrays[arrayName('population', index, what)]);
      if (spikes === undefined || shares === undefined)
        throw new RangeError(`the state has no spikes of population ${index}`);
      population.checkAges(spikes, shares);
      return { population, spikes, shares };
    });
    for (const [name, values] of own) values.set(arrays[name]!);
    for (const { population, spikes, shares } of ways) population.restoreSpikes(step, spikes, shares);
    this.#step = step;
  }

  dispose(): void {
    // Memory only; the collector takes it.
  }

  /** Every array of fixed length that decides what comes. */
  #arrays(): (readonly [string, Int32Array])[] {
    return [
      ...this.#populations.flatMap(({ arrays }, index) => [
        ...arrays.state.map((values, part) => [arrayName('population', index, 'state', part), values] as const),
        ...arrays.received.map((values, part) => [arrayName('population', index, 'received', part), values] as const),
      ]),
      ...this.#projections.flatMap((projection, index) =>
        projection
          .stateArrays()
          .map(([what, values, part]) => [arrayName('projection', index, what, part), values] as const),
      ),
      ...this.#projections.flatMap(({ plastic }, index) =>
        plastic === undefined ? [] : [[surveyName(index), plastic.survey.sums] as const],
      ),
    ];
  }

  #drive(input: CompiledInput, channels: Uint16Array, count: number): void {
    const population = this.#populations[input.to]!;
    const { neurons } = population;
    for (let index = 0; index < count; index++) {
      let neuron = (channels[index]! * input.neuronsPerElectrode) % neurons;
      for (let driven = 0; driven < input.neuronsPerElectrode; driven++) {
        population.receive(input.receptor, neuron, input.weight);
        neuron = neuron + 1 === neurons ? 0 : neuron + 1;
      }
    }
  }
}
