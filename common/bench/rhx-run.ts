// What `exocortex bench rhx` asks of its thread, and what it hears; used by both threads.
import type { FuzzResult } from './fuzz-result.ts';
import type { TimeSpread } from './time-spread.ts';

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
  fuzz: { waveform: FuzzResult; spike: FuzzResult };
}
