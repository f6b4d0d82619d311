// One layer of rate neurons that learns from a stream of presentations by a rule of single synapses; analysis process.
import type { RuleParameters } from '../../../common/learning-rule/apply-rule.ts';
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import { dot } from '../base/vectors.ts';
import { SynapseSimulation } from './synapse-simulation.ts';

/** What a layer does beside its rule. */
export interface RateLayerDynamics {
  /** Rates of the receivers from their drives. */
  readonly respond: (drives: Float64Array) => Float64Array;
  /** Whether what a receiver explains of the input is gone for another (Sanger's order). */
  readonly explainsFor: (receiver: number, other: number) => boolean;
}

export const linearLayer: RateLayerDynamics = {
  respond: (drives) => drives,
  explainsFor: (receiver, other) => receiver < other,
};

export const rectifiedLayer: RateLayerDynamics = {
  ...linearLayer,
  respond: (drives) => drives.map((drive) => Math.max(0, drive)),
};

export class RateLayer {
  /** Receivers × senders; its values are those that the rule changes. */
  readonly weights: Matrix;
  readonly #dynamics: RateLayerDynamics;
  readonly #synapses: SynapseSimulation;
  readonly #needsExplained: boolean;
  /** Of each synapse, written anew for each presentation. */
  readonly #signals: Readonly<Record<'x' | 'y' | 'y2' | 'explained', Float64Array>>;

  /** @param weights where learning begins: receivers × senders, copied */
  constructor(rule: ParsedRule, parameters: RuleParameters, weights: Matrix, dynamics: RateLayerDynamics) {
    const count = weights.values.length;
    this.#synapses = new SynapseSimulation(rule, parameters, { count, stepMilliseconds: 1, weights: weights.values });
    this.weights = new Matrix(weights.rows, weights.columns, this.#synapses.weights as Float64Array<ArrayBuffer>);
    this.#dynamics = dynamics;
    const zeros = () => new Float64Array(count);
    this.#signals = { x: zeros(), y: zeros(), y2: zeros(), explained: zeros() };
    this.#needsExplained = Object.hasOwn(rule.declaration.thirdFactors, 'explained');
  }

  /** @returns the rates of the receivers for an input. */
  respond(input: ArrayLike<number>): Float64Array {
    return this.#dynamics.respond(
      Float64Array.from({ length: this.weights.rows }, (_, receiver) => dot(this.weights.row(receiver), input)),
    );
  }

  /**
   * Presents an input once, for 1 ms, and learns.
   * @param rates of the receivers, where they are not their response to the input
   */
  present(input: ArrayLike<number>, rates: Float64Array = this.respond(input)): void {
    const { rows, columns } = this.weights;
    const { x, y, y2, explained } = this.#signals;
    for (let receiver = 0, synapse = 0; receiver < rows; receiver++) {
      const rate = rates[receiver]!;
      for (let sender = 0; sender < columns; sender++, synapse++) {
        x[synapse] = input[sender]!;
        y[synapse] = rate;
        y2[synapse] = rate ** 2;
        if (this.#needsExplained) explained[synapse] = this.#explained(receiver, sender, rates);
      }
    }
    this.#synapses.step({ signals: this.#signals });
  }

  #explained(receiver: number, sender: number, rates: Float64Array): number {
    let sum = 0;
    for (let other = 0; other < rates.length; other++) {
      if (this.#dynamics.explainsFor(other, receiver)) sum += rates[other]! * this.weights.row(other)[sender]!;
    }
    return sum;
  }
}
