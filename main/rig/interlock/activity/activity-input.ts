// What the watch of the tissue's activity is given. Rig thread; types.

export interface ActivityGeometry {
  readonly channels: number;
  readonly sampleRateHz: number;
}

/** Spikes of one block, ordered by sample. */
export interface BlockSpikes {
  readonly count: number;
  /** Counted from the first sample of the block. */
  readonly sampleOffsets: { readonly [index: number]: number };
  readonly channels: { readonly [index: number]: number };
}
