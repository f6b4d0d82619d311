// The reference back end: plain TypeScript on whole numbers, readable first; simulation process.
import { assert } from '../../../common/base/assert.ts';
import { toQ16 } from '../../kernel/share-of.ts';
import type { CompiledInput, CompiledNetwork } from '../../network/compiled-network.ts';
import { SpikeList } from '../../spike-list.ts';
import type { Backend } from '../backend.ts';
import { Population } from './population.ts';
import { Projection } from './projection.ts';

/**
 * A step: neurons integrate and fire; spikes that are due arrive and act from the next step on; synapses learn.
 * So a spike fired at time t acts from t + delay on, exactly.
 */
export class TypescriptBackend implements Backend {
  readonly name = 'typescript';
  readonly #network: CompiledNetwork;
  readonly #populations: readonly Population[];
  readonly #projections: readonly Projection[];
  readonly #spikes = new SpikeList();
  #step = 0;

  constructor(network: CompiledNetwork) {
    const { stepMilliseconds, seed } = network;
    this.#network = network;
    this.#populations = network.populations.map((population, index) => {
      const delays = network.projections.filter(({ from }) => from === index).map(({ delaySteps }) => delaySteps);
      return new Population(population, seed, Math.max(1, ...delays));
    });
    this.#projections = network.projections.map((model) => new Projection(model, this.#populations, stepMilliseconds));
  }

  step(channels: Uint16Array, count: number): Uint32Array {
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
      for (const projection of this.#projections) projection.step(this.#step);
      this.#step++;
    }
    return this.#spikes.view();
  }

  meanPlasticWeightMillivolts(): number {
    let sum = 0;
    let count = 0;
    for (const { plastic } of this.#projections) {
      if (plastic === undefined) continue;
      sum += plastic.weightSum;
      count += plastic.weights.length;
    }
    return count === 0 ? 0 : sum / count / toQ16(1);
  }

  plasticWeights(): Float32Array {
    const all = this.#projections.flatMap(({ plastic }) => (plastic === undefined ? [] : [plastic.weights]));
    const copy = new Float32Array(all.reduce((sum, weights) => sum + weights.length, 0));
    let offset = 0;
    for (const weights of all) {
      for (const weight of weights) copy[offset++] = weight / toQ16(1);
    }
    return copy;
  }

  dispose(): void {
    // Memory only; the collector takes it.
  }

  #drive(input: CompiledInput, channels: Uint16Array, count: number): void {
    const population = this.#populations[input.to]!;
    const { neurons } = population;
    for (let index = 0; index < count; index++) {
      const channel = channels[index]!;
      assert(channel < this.#network.channels, `a spike on channel ${channel} of ${this.#network.channels}`);
      let neuron = (channel * input.neuronsPerElectrode) % neurons;
      for (let driven = 0; driven < input.neuronsPerElectrode; driven++) {
        population.receive(neuron, input.weight);
        neuron = neuron + 1 === neurons ? 0 : neuron + 1;
      }
    }
  }
}
