// What a spiking network did in one trial, as gradients and synapses read it; analysis process.

export class SpikingActivity {
  readonly steps: number;
  readonly neurons: number;
  /** steps × neurons, 1 where a neuron fired; numbers in between for the smooth networks that gradients are checked with. */
  readonly spikes: Uint8Array | Float64Array;
  /** steps × neurons: surrogate slope of the spike by the potential, 0 while a neuron cannot fire. */
  readonly slopes: Float64Array;
  /** steps × outputs */
  readonly outputs: Float64Array;
  /** steps × neurons; undefined unless asked for: long trials do not need them for the gradient. */
  readonly states: { readonly potentials: Float64Array; readonly adaptations: Float64Array } | undefined;

  constructor(
    steps: number,
    neurons: number,
    outputs: number,
    withStates = false,
    spikes: Uint8Array | Float64Array = new Uint8Array(steps * neurons),
  ) {
    this.steps = steps;
    this.neurons = neurons;
    this.spikes = spikes;
    this.slopes = new Float64Array(steps * neurons);
    this.outputs = new Float64Array(steps * outputs);
    this.states = withStates
      ? { potentials: new Float64Array(steps * neurons), adaptations: new Float64Array(steps * neurons) }
      : undefined;
  }

  recordStates(step: number, potential: Float64Array, adaptation: Float64Array): void {
    if (this.states === undefined) return;
    this.states.potentials.set(potential, step * this.neurons);
    this.states.adaptations.set(adaptation, step * this.neurons);
  }
}
