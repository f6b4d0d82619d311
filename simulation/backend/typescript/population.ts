// The neurons of one population and the spikes that are still on their way from it; simulation process.
import { assert } from '../../../common/base/assert.ts';
import { stateMax } from '../../kernel/fixed-point.ts';
import type { CompiledPopulation } from '../../network/compiled-network.ts';
import { mix, noiseKey } from '../../network/random.ts';
import type { SpikeList } from '../../spike-list.ts';
import { populationSaturated } from '../saturation.ts';
import { GradedHistory } from './graded-history.ts';
import type { PopulationArrays } from './population-arrays.ts';
import { SpikeHistory } from './spike-history.ts';
import { listShares, listSpikes } from './spikes-on-their-way.ts';
import { stepKernels } from './step-kernels.ts';
import { openVectorKernel, type VectorKernel } from './vector/open-vector-kernel.ts';

type StepKernel = (population: PopulationArrays, stepKey: number, fired: SpikeList) => number;
const kernels: Readonly<Record<string, StepKernel>> = stepKernels;

export class Population {
  readonly firstNeuron: number;
  readonly neurons: number;
  /** Spikes of the steps that are still on their way. */
  readonly spikes: SpikeHistory;
  /** Shares of spikes that are still on their way; absent where whole ones are sent. */
  readonly graded: GradedHistory | undefined;
  readonly arrays: PopulationArrays;
  readonly #model: CompiledPopulation['model'];
  readonly #exact: StepKernel;
  readonly #vectors: VectorKernel | undefined;
  #kernel: StepKernel;
  readonly #sent: Int32Array | undefined;
  readonly #potential: Int32Array;
  readonly #maxDelaySteps: number;

  /** @param maxDelaySteps the longest delay with which its spikes arrive anywhere */
  constructor({ model, firstNeuron, neurons, initialState }: CompiledPopulation, seed: number, maxDelaySteps: number) {
    const { name, state, receptors, graded } = neurons.model;
    this.firstNeuron = firstNeuron;
    this.neurons = model.neurons;
    this.spikes = new SpikeHistory(maxDelaySteps + 1);
    this.graded = graded === undefined ? undefined : new GradedHistory(maxDelaySteps + 1);
    this.#model = model;
    this.#maxDelaySteps = maxDelaySteps;
    const arrays: PopulationArrays = {
      neurons: model.neurons,
      state: initialState.map((values) => values.slice()),
      received: receptors.map(() => new Int32Array(model.neurons)),
      parameters: neurons.parameters.slice(),
      tables: neurons.tables,
      randomKey: noiseKey(seed, firstNeuron),
    };
    this.#exact = kernels[name]!;
    this.#vectors = openVectorKernel(neurons.model, arrays);
    this.arrays = this.#vectors?.arrays ?? arrays;
    this.#kernel = this.#vectors?.kernel ?? this.#exact;
    this.#potential = neurons.restMillivolts === undefined ? new Int32Array(0) : this.arrays.state[0]!;
    this.#sent = graded === undefined ? undefined : this.arrays.state[state.indexOf(graded)];
  }

  /** Membrane potentials as the neurons hold them; empty where they have none. */
  get potential(): Int32Array {
    return this.#potential;
  }

  /** What arrives at a receptor for the next step. */
  received(receptor: number): Int32Array {
    const received = this.arrays.received[receptor];
    assert(received !== undefined, `something leads to population '${this.#model.name}', which takes no input`);
    return received;
  }

  /** An input from outside: unlike synapses, their number has no bound. */
  receive(receptor: number, neuron: number, amount: number): void {
    const received = this.received(receptor);
    received[neuron] = Math.max(-stateMax - 1, Math.min(stateMax + 1, received[neuron]! + amount));
  }

  /** From the next step on. */
  setParameters(parameters: Int32Array): void {
    this.arrays.parameters.set(parameters);
    this.#kernel = this.#vectors?.withParameters(parameters) ?? this.#exact;
  }

  /**
   * Advances all neurons by one step and lists those that fire at its end in `spikes`.
   * @param step number of the step since the beginning: with neuron and seed it decides the noise
   * @throws SimulationFaultError 'saturated'.
   */
  step(step: number): void {
    const stepKey = mix(mix(step) + Math.floor(step / 0x1_0000_0000));
    const saturated = this.#kernel(this.arrays, stepKey, this.spikes.begin(step));
    if (saturated > 0) throw populationSaturated(this.#model, saturated, step);
    if (this.#sent !== undefined) this.graded!.add(step, this.#sent);
  }

  /** @returns age in steps and neuron of each spike that is still on its way before `step`. */
  spikesOnTheirWay(step: number): Int32Array {
    return listSpikes(this.spikes, step, this.#maxDelaySteps);
  }

  /** @returns age in steps, neuron and share of what is still on its way before `step`. */
  sharesOnTheirWay(step: number): Int32Array {
    return listShares(this.graded, step, this.#maxDelaySteps);
  }

  /** @throws RangeError for a spike that is older than the longest delay. */
  checkAges(spikes: Int32Array, shares: Int32Array): void {
    const isAge = (age: number) => age >= 1 && age <= this.#maxDelaySteps;
    const fit =
      spikes.every((age, at) => at % 2 > 0 || isAge(age)) && shares.every((age, at) => at % 3 > 0 || isAge(age));
    if (!fit) throw new RangeError(`a spike of population '${this.#model.name}' is older than the longest delay`);
  }

  /** Puts back what was on its way before `step`. */
  restoreSpikes(step: number, spikes: Int32Array, shares: Int32Array): void {
    for (let age = 0; age <= this.#maxDelaySteps; age++) {
      this.spikes.at(step - age).clear();
      this.graded?.clear(step - age);
    }
    for (let at = 0; at < spikes.length; at += 2) this.spikes.at(step - spikes[at]!).add(spikes[at + 1]!);
    for (let at = 0; at < shares.length; at += 3)
      this.graded?.put(step - shares[at]!, shares[at + 1]!, shares[at + 2]!);
  }
}
