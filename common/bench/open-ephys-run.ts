// What `exocortex bench open-ephys` asks of its thread, and what it hears; used by both threads.
import type { FuzzResult } from './fuzz-result.ts';
import type { TimeSpread } from './time-spread.ts';

export interface OpenEphysBenchRequest {
  /** A literal IPv4 address. */
  host: string;
  dataPort: number;
  httpPort: number;
  seconds: number;
  /** Length of the rig's blocks, ms. */
  blockMilliseconds: number;
  /** Damaged messages that each parser is given. */
  damages: number;
  seed: number;
  /** Of the built threads. */
  programsFolder: string;
}

export interface OpenEphysBenchAnswer {
  stream: string;
  channels: number;
  sampleRateHz: number;
  /** As the GUI's audio settings say. */
  bufferMilliseconds: number;
  seconds: number;
  blocks: number;
  /** Between arrivals that are more than half a millisecond apart. */
  burstIntervalMs: TimeSpread;
  /** How much later than the earliest of its kind each block of the rig came. */
  latenessMs: TimeSpread;
  /** From a block's arrival to the rig thread. */
  handOverMs: TimeSpread;
  /** By this computer's clock; undefined for runs below 13 s. */
  samplesPerSecond: number | undefined;
  heartbeats: number;
  lostSamples: number;
  lostMessages: number;
  droppedBlocks: number;
  problems: string[];
  fuzz: { messages: FuzzResult; connection: FuzzResult };
}
