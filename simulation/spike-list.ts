// A list of neurons that fired, used again and again; simulation process.

/** A list of neurons that is reused and grows as needed. */
export class SpikeList {
  /** The first `count` entries are valid. */
  neurons = new Uint32Array(16);
  count = 0;

  add(neuron: number): void {
    if (this.count === this.neurons.length) {
      const longer = new Uint32Array(2 * this.count);
      longer.set(this.neurons);
      this.neurons = longer;
    }
    this.neurons[this.count++] = neuron;
  }

  clear(): void {
    this.count = 0;
  }

  /** @returns the valid entries; a view, overwritten when the list is used again. */
  view(): Uint32Array {
    return this.neurons.subarray(0, this.count);
  }
}
