// Applies a learning rule to the synapses of one projection; simulation process.
import type { CompiledRule } from '../../learning/compile-rule.ts';
import { Traces } from '../../learning/traces.ts';
import { toColumns } from '../../network/columns.ts';
import type { SynapseRows } from '../../network/compiled-network.ts';
import type { SpikeList } from '../../spike-list.ts';
import { traceSaturated } from '../saturation.ts';
import type { PlasticArrays } from './plastic-arrays.ts';
import { ruleKernels } from './rule-kernels.ts';

/** Owns the weights, the traces and their order of events in a step: arrivals, firings, then traces grow. */
export class PlasticSynapses {
  /** In mV, Q16, in the order of the rows. */
  readonly weights: Int32Array;
  /** Sum of all weights in Q16, kept up to date. */
  weightSum = 0;
  readonly #name: string;
  readonly #kernel: (typeof ruleKernels)[CompiledRule['kernel']];
  readonly #arrays: PlasticArrays;

  /** @param name of the projection */
  constructor(name: string, rule: CompiledRule, rows: SynapseRows, receivers: number, stepMilliseconds: number) {
    const { parameters } = rule;
    const { rowStart, targets } = rows;
    const traces = (neurons: number, timeConstants: readonly number[]) =>
      timeConstants.map((milliseconds) => new Traces(neurons, milliseconds, stepMilliseconds));
    this.#name = name;
    this.weights = rows.weights.slice();
    this.sumWeights();
    this.#kernel = ruleKernels[rule.kernel];
    this.#arrays = {
      ...toColumns(rows, receivers),
      rowStart,
      targets,
      weights: this.weights,
      senderTraces: traces(rowStart.length - 1, rule.senderTimeConstantsMilliseconds),
      receiverTraces: traces(receivers, rule.receiverTimeConstantsMilliseconds),
      parameters,
    };
  }

  /**
   * Learns from one step.
   * @param arrived senders whose spikes arrive in this step, numbered within their population
   * @param fired receivers that fire in this step, numbered within theirs
   * @throws SimulationFaultError 'saturated'.
   */
  step(step: number, arrived: SpikeList, fired: SpikeList): void {
    const arrays = this.#arrays;
    for (let index = 0; index < arrived.count; index++)
      this.weightSum += this.#kernel.onArrival(arrays, arrived.neurons[index]!, step);
    for (let index = 0; index < fired.count; index++)
      this.weightSum += this.#kernel.onFiring(arrays, fired.neurons[index]!, step);
    this.#addAll(arrays.senderTraces, arrived, step);
    this.#addAll(arrays.receiverTraces, fired, step);
  }

  /** After weights were set from outside. */
  sumWeights(): void {
    this.weightSum = 0;
    for (const weight of this.weights) this.weightSum += weight;
  }

  /** Every array that decides what comes: name, values, number among its like. */
  stateArrays(): (readonly [string, Int32Array, number?])[] {
    const { senderTraces, receiverTraces } = this.#arrays;
    const of = (side: string, traces: readonly Traces[]) =>
      traces.flatMap(({ values, since }, trace) => [
        [`${side}Trace`, values, trace] as const,
        [`${side}Since`, since, trace] as const,
      ]);
    return [['weights', this.weights], ...of('sender', senderTraces), ...of('receiver', receiverTraces)];
  }

  #addAll(traces: readonly Traces[], spikes: SpikeList, step: number): void {
    for (const each of traces) {
      for (let index = 0; index < spikes.count; index++) {
        const neuron = spikes.neurons[index]!;
        if (each.add(neuron, step)) throw traceSaturated(this.#name, neuron, step);
      }
    }
  }
}
