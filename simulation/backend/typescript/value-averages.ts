// Decaying means of what neurons do, one per neuron, for learning rules; simulation process.
import { multiply } from '../../learning/block-runner.ts';
import type { Average } from '../../../common/learning-rule/program/program.ts';

export class ValueAverages {
  readonly values: Int32Array;
  readonly #how: Average;

  constructor(neurons: number, how: Average) {
    this.values = new Int32Array(neurons);
    this.#how = how;
  }

  /** @param now what each neuron's value is in this step, as the neuron holds it */
  step(now: Int32Array): void {
    const { low, high, shiftLeft, factor, shift } = this.#how;
    const { values } = this;
    for (let neuron = 0; neuron < values.length; neuron++) {
      const value = Math.min(high, Math.max(low, now[neuron]!)) << shiftLeft;
      values[neuron]! += multiply(value - values[neuron]!, factor, shift);
    }
  }
}
