// Delivers the spikes of one population to another, and lets the synapses learn; simulation process.
import { assert } from '../../../common/base/assert.ts';
import type { CompiledProjection } from '../../network/compiled-network.ts';
import { PlasticSynapses } from './plastic-synapses.ts';
import type { Population } from './population.ts';
import { partOf } from './short-term-kernels.ts';
import { ShortTermSynapses } from './short-term-synapses.ts';

export class Projection {
  /** Absent when the weights are fixed. */
  readonly plastic: PlasticSynapses | undefined;
  readonly shortTerm: ShortTermSynapses | undefined;
  readonly #model: CompiledProjection;
  readonly #from: Population;
  readonly #to: Population;
  readonly #received: Int32Array;
  readonly #weights: Int32Array;

  constructor(model: CompiledProjection, populations: readonly Population[], stepMilliseconds: number) {
    const from = populations[model.from];
    const to = populations[model.to];
    assert(from !== undefined && to !== undefined, `projection '${model.name}' connects populations that do not exist`);
    this.#model = model;
    this.#from = from;
    this.#to = to;
    this.#received = to.received(model.receptor);
    const neurons = { receivers: to.neurons, potential: to.potential };
    this.plastic = model.rule && new PlasticSynapses(model.name, model.rule, model, neurons, stepMilliseconds);
    this.shortTerm = model.shortTerm && new ShortTermSynapses(model.shortTerm, from.neurons);
    this.#weights = this.plastic?.weights ?? model.weights;
  }

  /**
   * Adds the spikes that arrive in this step, with their weights from before this step's learning; then learns.
   * @param signals of the tick
   */
  step(step: number, signals: Int32Array): void {
    const { delaySteps } = this.#model;
    const arrived = this.#from.spikes.at(step - delaySteps);
    if (this.#from.graded !== undefined) {
      const { senders, shares } = this.#from.graded.at(step - delaySteps);
      for (let index = 0; index < senders.count; index++)
        this.#deliverPart(senders.neurons[index]!, shares.neurons[index]!);
    } else {
      for (let index = 0; index < arrived.count; index++) {
        const sender = arrived.neurons[index]!;
        if (this.shortTerm === undefined) this.#deliver(sender);
        else this.#deliverPart(sender, this.shortTerm.arrive(sender, step));
      }
    }
    this.plastic?.step(step, arrived, this.#to.spikes.at(step), signals);
  }

  /** Every array that decides what comes: name, values, number among its like. */
  stateArrays(): (readonly [string, Int32Array, number?])[] {
    const { plastic, shortTerm } = this;
    return [
      ...(plastic === undefined ? [] : plastic.stateArrays()),
      ...(shortTerm === undefined
        ? []
        : ([
            ['utilisation', shortTerm.utilisation],
            ['resources', shortTerm.resources],
            ['lastArrival', shortTerm.since],
          ] as const)),
    ];
  }

  #deliver(sender: number): void {
    const { rowStart, targets } = this.#model;
    const weights = this.#weights;
    const received = this.#received;
    const end = rowStart[sender + 1]!;
    const { rule } = this.#model;
    if (rule === undefined) {
      for (let synapse = rowStart[sender]!; synapse < end; synapse++) received[targets[synapse]!]! += weights[synapse]!;
      return;
    }
    const { sign, finerBits } = rule;
    for (let synapse = rowStart[sender]!; synapse < end; synapse++)
      received[targets[synapse]!]! += sign * (weights[synapse]! >> finerBits);
  }

  /** @param part of a spike, in units of 2⁻¹⁵ */
  #deliverPart(sender: number, part: number): void {
    const { rowStart, targets } = this.#model;
    const received = this.#received;
    const end = rowStart[sender + 1]!;
    const { sign, finerBits } = this.#model.rule ?? { sign: 1, finerBits: 0 };
    for (let synapse = rowStart[sender]!; synapse < end; synapse++)
      received[targets[synapse]!]! += partOf(sign * (this.#weights[synapse]! >> finerBits), part);
  }
}
