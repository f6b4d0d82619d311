// Delivers the spikes of one population to another, and lets the synapses learn; simulation process.
import { assert } from '../../../common/base/assert.ts';
import type { CompiledProjection } from '../../network/compiled-network.ts';
import { PlasticSynapses } from './plastic-synapses.ts';
import type { Population } from './population.ts';

export class Projection {
  /** Absent when the weights are fixed. */
  readonly plastic: PlasticSynapses | undefined;
  readonly #model: CompiledProjection;
  readonly #from: Population;
  readonly #to: Population;
  readonly #weights: Int32Array;

  constructor(model: CompiledProjection, populations: readonly Population[], stepMilliseconds: number) {
    const from = populations[model.from];
    const to = populations[model.to];
    assert(from !== undefined && to !== undefined, `projection '${model.name}' connects populations that do not exist`);
    this.#model = model;
    this.#from = from;
    this.#to = to;
    this.plastic = model.rule && new PlasticSynapses(model.name, model.rule, model, to.neurons, stepMilliseconds);
    this.#weights = this.plastic?.weights ?? model.weights;
  }

  /** Adds the spikes that arrive in this step, with their weights from before this step's learning; then learns. */
  step(step: number): void {
    const { rowStart, targets, delaySteps } = this.#model;
    const weights = this.#weights;
    const { received } = this.#to;
    const arrived = this.#from.spikes.at(step - delaySteps);
    for (let index = 0; index < arrived.count; index++) {
      const sender = arrived.neurons[index]!;
      const end = rowStart[sender + 1]!;
      for (let synapse = rowStart[sender]!; synapse < end; synapse++) received[targets[synapse]!]! += weights[synapse]!;
    }
    this.plastic?.step(step, arrived, this.#to.spikes.at(step));
  }
}
