// The neurons of one population and the spikes that are still on their way from it; simulation process.
import { assert } from '../../../common/base/assert.ts';
import { toQ16 } from '../../kernel/share-of.ts';
import { stateMax } from '../../kernel/fixed-point.ts';
import type { CompiledPopulation } from '../../network/compiled-network.ts';
import { mix, noiseKey } from '../../network/random.ts';
import { populationSaturated } from '../saturation.ts';
import type { PopulationArrays } from './population-arrays.ts';
import { SpikeHistory } from './spike-history.ts';
import { stepKernels } from './step-kernels.ts';

export class Population {
  readonly firstNeuron: number;
  readonly neurons: number;
  /** Spikes of the steps that are still on their way. */
  readonly spikes: SpikeHistory;
  readonly #model: CompiledPopulation['model'];
  readonly #kernel: (typeof stepKernels)[CompiledPopulation['kernel']];
  readonly #arrays: PopulationArrays;

  /** @param maxDelaySteps the longest delay with which its spikes arrive anywhere */
  constructor(compiled: CompiledPopulation, seed: number, maxDelaySteps: number) {
    const { model, firstNeuron, kernel, parameters, stateVariables, receptors } = compiled;
    const zeros = () => new Int32Array(model.neurons);
    this.firstNeuron = firstNeuron;
    this.neurons = model.neurons;
    this.spikes = new SpikeHistory(maxDelaySteps + 1);
    this.#model = model;
    this.#kernel = stepKernels[kernel];
    this.#arrays = {
      neurons: model.neurons,
      state: Array.from({ length: stateVariables }, zeros),
      received: Array.from({ length: receptors }, zeros),
      parameters,
      randomKey: noiseKey(seed, firstNeuron),
    };
  }

  /** What arrives for the next step, in Q16. */
  get received(): Int32Array {
    const [received] = this.#arrays.received;
    assert(received !== undefined, `something leads to population '${this.#model.name}', which takes no input`);
    return received;
  }

  /** An input from outside: unlike synapses, their number has no bound. */
  receive(neuron: number, amount: number): void {
    const sum = this.received[neuron]! + amount;
    this.received[neuron] = Math.max(-stateMax - 1, Math.min(stateMax + 1, sum));
  }

  /**
   * Advances all neurons by one step and lists those that fire at its end in `spikes`.
   * @param step number of the step since the beginning: with neuron and seed it decides the noise
   * @throws SimulationFaultError 'saturated'.
   */
  step(step: number): void {
    const stepKey = mix(mix(step) + Math.floor(step / 0x1_0000_0000));
    const saturated = this.#kernel(this.#arrays, stepKey, this.spikes.begin(step));
    if (saturated > 0) throw populationSaturated(this.#model, saturated, step);
  }

  /** Membrane potential of one neuron above rest. */
  potentialMillivolts(neuron: number): number {
    return this.#arrays.state[0]![neuron]! / toQ16(1);
  }
}
