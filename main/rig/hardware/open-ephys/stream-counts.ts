// What became of the messages of a stream; pure, from the reader thread to the rig thread.

/** Since the reader began. */
export interface StreamCounts {
  /** Blocks of the GUI that came whole. */
  readonly blocks: number;
  readonly lostSamples: number;
  readonly lostMessages: number;
  readonly repeatedMessages: number;
  readonly damagedMessages: number;
  /** Values that the recording's resolution cannot hold. */
  readonly clippedValues: number;
}

export const noCounts: StreamCounts = {
  blocks: 0,
  lostSamples: 0,
  lostMessages: 0,
  repeatedMessages: 0,
  damagedMessages: 0,
  clippedValues: 0,
};
