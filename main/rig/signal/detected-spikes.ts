// The spikes of one block, in arrays that are allocated once; filled by a spike detector in the rig thread.

/** Spikes ordered by sample, then channel. What does not fit is counted in `overflow` and lost. */
export class DetectedSpikes {
  readonly capacity: number;
  /** Number of spikes stored. */
  count = 0;
  /** Number of spikes found beyond the capacity. */
  overflow = 0;
  /** Sample of the crossing, counted from the first sample of the block. */
  readonly sampleOffsets: Uint16Array;
  readonly channels: Uint16Array;
  /** Filtered value at the crossing, µV, negative. */
  readonly amplitudesMicrovolts: Float32Array;

  /** @param capacity most spikes that one block can hold. */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.sampleOffsets = new Uint16Array(capacity);
    this.channels = new Uint16Array(capacity);
    this.amplitudesMicrovolts = new Float32Array(capacity);
  }
}
