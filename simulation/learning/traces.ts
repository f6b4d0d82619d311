// Exponentially decaying memories of spikes, a few per neuron; simulation process.

/** Values below this are set to zero: a decay never leaves the subnormal numbers, and those are slow. */
const negligible = 1e-30;

export class Traces {
  readonly perNeuron: number;
  /** Traces of neuron n begin at n × `perNeuron`. */
  readonly values: Float64Array;
  readonly #decays: Float64Array;

  constructor(neurons: number, timeConstantsMilliseconds: readonly number[], stepMilliseconds: number) {
    this.perNeuron = timeConstantsMilliseconds.length;
    this.values = new Float64Array(neurons * this.perNeuron);
    this.#decays = Float64Array.from(timeConstantsMilliseconds, (constant) => Math.exp(-stepMilliseconds / constant));
  }

  /** Lets one step pass. */
  decay(): void {
    const { values, perNeuron } = this;
    for (let trace = 0; trace < perNeuron; trace++) {
      const factor = this.#decays[trace]!;
      for (let at = trace; at < values.length; at += perNeuron) {
        const decayed = values[at]! * factor;
        values[at] = decayed < negligible ? 0 : decayed;
      }
    }
  }

  /** Adds one spike to all traces of a neuron. */
  add(neuron: number): void {
    const at = neuron * this.perNeuron;
    for (let trace = 0; trace < this.perNeuron; trace++) this.values[at + trace]! += 1;
  }
}
