// Adam: each weight's change in units of its own recent gradient (Kingma & Ba 2015); analysis process.

export class Adam {
  readonly #learningRate: number;
  readonly #mean: Float64Array;
  readonly #square: Float64Array;
  #steps = 0;

  /** @param size number of weights */
  constructor(size: number, learningRate: number) {
    this.#learningRate = learningRate;
    this.#mean = new Float64Array(size);
    this.#square = new Float64Array(size);
  }

  /** Changes weights against their gradient. The decays are 0.9 and 0.999, as in the paper. */
  step(weights: Float64Array, gradient: Float64Array): void {
    this.#steps += 1;
    const rate = (this.#learningRate * Math.sqrt(1 - 0.999 ** this.#steps)) / (1 - 0.9 ** this.#steps);
    for (let index = 0; index < weights.length; index++) {
      const slope = gradient[index]!;
      const mean = 0.9 * this.#mean[index]! + 0.1 * slope;
      const square = 0.999 * this.#square[index]! + 0.001 * slope * slope;
      this.#mean[index] = mean;
      this.#square[index] = square;
      weights[index]! -= (rate * mean) / (Math.sqrt(square) + 1e-8);
    }
  }
}
