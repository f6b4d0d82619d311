// What `exocortex bench hid` asks of its thread, and what it hears; used by both threads.
import type { FuzzResult } from './fuzz-result.ts';
import type { TimeSpread } from './time-spread.ts';

/** A board that runs, and how it is reached. */
export interface HidBenchBoard {
  serialNumber: string;
  token: string;
  reportBytes: number;
  /** Path of its socket; undefined: it is a HID device of this computer's kernel. */
  address: string | undefined;
}

export type HidBenchRequest =
  | {
      kind: 'line';
      board: HidBenchBoard;
      seconds: number;
      /** Whether a pulse is asked for in answer to a block, as soon as the one before has been acknowledged. */
      doesPulse: boolean;
      /** Of the built threads. */
      programsFolder: string;
    }
  | {
      kind: 'fuzz';
      /** Damaged pieces that each parser is given. */
      damages: number;
      seed: number;
    };

/** Of a line that carried samples for a while. */
export interface HidLineRun {
  reportBytes: number;
  sampleRateHz: number;
  channels: number;
  seconds: number;
  blocks: number;
  samples: number;
  /** Over all connections of the line: samples, statuses, acknowledgements. */
  reportsPerSecond: number;
  samplesPerSecond: number;
  /** Between arrivals of blocks at the rig thread. */
  betweenBlocksMs: TimeSpread;
  /** Reports that the driver counted as lost, repeated, late and damaged. */
  counted: { lost: number; repeated: number; late: number; damaged: number };
  missingSamples: number;
  /** Missing samples that nothing counted explains: a defect of the driver. */
  uncountedSamples: number;
  /** Samples of blocks that the driver dropped, since the rig thread was too slow for them. */
  samplesNotTaken: number;
  /** Samples with another value than the board's. */
  wrongSamples: number;
  /** Why the line has ended before its time. */
  fault: string | undefined;
  latency: HidLatency | undefined;
}

/** Of pulses that were asked for in answer to blocks. */
export interface HidLatency {
  /** From a block's newest sample at the board to the block at the rig thread. */
  inputMs: TimeSpread;
  /** How far `inputMs` may be off: half of what is not known of the two clocks. */
  clockUncertaintyMs: number;
  /** From a block's newest sample to the beginning of the pulse that answers it, by the board's clock. */
  inputToOutputMs: TimeSpread;
  /** From asking for a pulse to its acknowledgement, by this computer's clock. */
  roundTripMs: TimeSpread;
  /** By what became of them. */
  pulses: Record<string, number>;
}

export interface HidFuzz {
  reports: FuzzResult;
  messages: FuzzResult;
  bodies: FuzzResult;
}

export type HidBenchAnswer<Request extends HidBenchRequest> = Request extends { kind: 'line' } ? HidLineRun : HidFuzz;
