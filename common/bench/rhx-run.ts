// What `exocortex bench rhx` asks of its thread, and what it hears; used by both threads.

export interface RhxBenchRequest {
  /** A literal IPv4 address. */
  host: string;
  port: number;
  seconds: number;
  /** Amplifier channels, WIDE, from the first on. */
  channels: number;
  blocksPerWrite: number;
  /** Damaged frames and records that each parser is given. */
  damages: number;
  seed: number;
  /** Of the built threads. */
  programsFolder: string;
}

/** Of a list of times, ms. */
export interface TimeSpread {
  count: number;
  p5: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface RhxFuzzResult {
  /** Frames or records that were damaged. */
  damaged: number;
  /** Blocks or records that were handed out. */
  accepted: number;
  /** Of these, with a sample or a field that was never sent so. */
  wrong: number;
  crashes: number;
  /** For one stream, ms. */
  longestMs: number;
}

export interface RhxBenchAnswer {
  controller: { type: 'RHD' | 'RHS'; version: string; sampleRateHz: number; channels: number };
  blocksPerWrite: number;
  seconds: number;
  blocks: number;
  /** From `set runmode run` to the first block, and the proof that it runs behind it, ms. */
  startMs: number;
  /** Between arrivals that are more than half a millisecond apart. */
  burstIntervalMs: TimeSpread;
  /** How far RHX is ahead of what has arrived when it is asked. */
  behindRhxMs: TimeSpread;
  /** How much later than the earliest of its kind each block came. */
  latenessMs: TimeSpread;
  /** From a block's arrival to the rig thread. */
  handOverMs: TimeSpread;
  roundTripMs: TimeSpread;
  /** By this computer's clock; undefined for runs below 13 s. */
  samplesPerSecond: number | undefined;
  lostSamples: number;
  droppedBlocks: number;
  problems: string[];
  fuzz: { waveform: RhxFuzzResult; spike: RhxFuzzResult };
}
