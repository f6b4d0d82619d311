// Decides from the spikes of a readout's neurons when to ask for a stimulus; simulation process.

export interface ReadoutWindow {
  /** First of the counted neurons, numbered in the whole network. */
  readonly firstNeuron: number;
  readonly neurons: number;
  /** Length of the sliding window that ends with the current tick, at least 1. */
  readonly windowTicks: number;
  readonly spikesToRequest: number;
  /** Ticks from one request to the earliest next one, at least 1. */
  readonly holdOffTicks: number;
}

export class ReadoutCounter {
  readonly #window: ReadoutWindow;
  /** Counts of the last `windowTicks` ticks. */
  readonly #counts: Uint32Array;
  #sum = 0;
  #tick = 0;
  #earliestRequestTick = 0;

  constructor(window: ReadoutWindow) {
    this.#window = window;
    this.#counts = new Uint32Array(window.windowTicks);
  }

  /** Everything that decides what comes: counts, their sum, tick, earliest tick of a request. */
  state(): Int32Array {
    return Int32Array.from([...this.#counts, this.#sum, this.#tick, this.#earliestRequestTick]);
  }

  /** @throws RangeError when it is not the state of such a readout. */
  restore(state: Int32Array | undefined): void {
    const { windowTicks } = this.#window;
    if (state?.length !== windowTicks + 3) throw new RangeError('the state is not that of this readout');
    this.#counts.set(state.subarray(0, windowTicks));
    [this.#sum, this.#tick, this.#earliestRequestTick] = state.subarray(windowTicks) as unknown as [
      number,
      number,
      number,
    ];
  }

  /** Takes the spikes of the next tick. @returns whether a stimulus is asked for; spikes count on through the hold-off. */
  tick(spikes: Uint32Array): boolean {
    const { firstNeuron, neurons, windowTicks, spikesToRequest, holdOffTicks } = this.#window;
    let count = 0;
    for (const neuron of spikes) {
      if (neuron >= firstNeuron && neuron < firstNeuron + neurons) count++;
    }
    const at = this.#tick % windowTicks;
    this.#sum += count - this.#counts[at]!;
    this.#counts[at] = count;
    const isAsking = this.#sum >= spikesToRequest && this.#tick >= this.#earliestRequestTick;
    if (isAsking) this.#earliestRequestTick = this.#tick + holdOffTicks;
    this.#tick++;
    return isAsking;
  }
}
