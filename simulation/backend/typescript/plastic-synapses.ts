// Applies a learning rule to the synapses of one projection; simulation process.
import type { LearningRule } from '../../learning/learning-rule.ts';
import { Traces } from '../../learning/traces.ts';
import { type SynapseColumns, toColumns } from '../../network/columns.ts';
import type { SynapseRows } from '../../network/compiled-network.ts';
import type { SpikeList } from '../../spike-list.ts';

/** Owns the weights, the traces and their order of events in a step: decay, arrivals, firings, then traces grow. */
export class PlasticSynapses {
  /** In mV, in the order of the rows. */
  readonly weights: Float64Array;
  /** Sum of all weights in mV, kept up to date; not finite as soon as one weight is not. */
  weightSum = 0;

  readonly #rule: LearningRule;
  readonly #rows: SynapseRows;
  readonly #columns: SynapseColumns;
  readonly #senderTraces: Traces;
  readonly #receiverTraces: Traces;

  constructor(rule: LearningRule, rows: SynapseRows, receivers: number, stepMilliseconds: number) {
    this.#rule = rule;
    this.#rows = rows;
    this.#columns = toColumns(rows, receivers);
    this.weights = rows.weights.map((weight) =>
      Math.min(rule.highestWeightMillivolts, Math.max(rule.lowestWeightMillivolts, weight)),
    );
    for (const weight of this.weights) this.weightSum += weight;
    this.#senderTraces = new Traces(rows.rowStart.length - 1, rule.senderTimeConstantsMilliseconds, stepMilliseconds);
    this.#receiverTraces = new Traces(receivers, rule.receiverTimeConstantsMilliseconds, stepMilliseconds);
  }

  /**
   * Learns from one step.
   * @param arrived senders whose spikes arrive in this step, numbered within their population
   * @param fired receivers that fire in this step, numbered within theirs
   */
  step(arrived: SpikeList, fired: SpikeList): void {
    this.#senderTraces.decay();
    this.#receiverTraces.decay();
    for (let index = 0; index < arrived.count; index++) this.#learnFromArrival(arrived.neurons[index]!);
    for (let index = 0; index < fired.count; index++) this.#learnFromFiring(fired.neurons[index]!);
    for (let index = 0; index < arrived.count; index++) this.#senderTraces.add(arrived.neurons[index]!);
    for (let index = 0; index < fired.count; index++) this.#receiverTraces.add(fired.neurons[index]!);
  }

  #learnFromArrival(sender: number): void {
    const { rowStart, targets } = this.#rows;
    const weights = this.weights;
    const rule = this.#rule;
    const senderTraces = this.#senderTraces.values;
    const senderAt = sender * this.#senderTraces.perNeuron;
    const receiverTraces = this.#receiverTraces.values;
    const tracesPerReceiver = this.#receiverTraces.perNeuron;
    let change = 0;
    for (let synapse = rowStart[sender]!; synapse < rowStart[sender + 1]!; synapse++) {
      const before = weights[synapse]!;
      const after = rule.onArrival(
        before,
        senderTraces,
        senderAt,
        receiverTraces,
        targets[synapse]! * tracesPerReceiver,
      );
      weights[synapse] = after;
      change += after - before;
    }
    this.weightSum += change;
  }

  #learnFromFiring(receiver: number): void {
    const { columnStart, synapses, senders } = this.#columns;
    const weights = this.weights;
    const rule = this.#rule;
    const senderTraces = this.#senderTraces.values;
    const tracesPerSender = this.#senderTraces.perNeuron;
    const receiverTraces = this.#receiverTraces.values;
    const receiverAt = receiver * this.#receiverTraces.perNeuron;
    let change = 0;
    for (let entry = columnStart[receiver]!; entry < columnStart[receiver + 1]!; entry++) {
      const synapse = synapses[entry]!;
      const before = weights[synapse]!;
      const after = rule.onFiring(before, senderTraces, senders[entry]! * tracesPerSender, receiverTraces, receiverAt);
      weights[synapse] = after;
      change += after - before;
    }
    this.weightSum += change;
  }
}
