// What `exocortex bench recorder` asks of its thread, and what it hears; used by both threads.
import type { TimeSpread } from './time-spread.ts';

export interface RecorderBenchRequest {
  /** On the disk that is measured; empty. */
  folder: string;
  channels: number;
  sampleRateHz: number;
  /** Of the stream at its own rate, and of each stream as fast as the disk takes it. */
  seconds: number;
  /** Pairs of streams as fast as the disk takes them: through the recorder, and by plain writes. */
  rounds: number;
  /** Of the built threads. */
  programsFolder: string;
}

/** A stream at its own rate: a block each millisecond, as a rig thread writes it. */
export interface RealTimeStream {
  MBps: number;
  seconds: number;
  records: number;
  /** Records for which the buffer had no room, and those that are not in the journal, whole and in their place. */
  lost: number;
  /** Of the buffer, 0 to 1. */
  highestFill: number;
  /** From the call to the end of the call that puts a block into the buffer. */
  handOverMs: TimeSpread;
}

export interface RecorderBenchAnswer {
  realTime: RealTimeStream;
  /** As fast as the disk takes it, until all is on disk for good; one of each per round, MB/s. */
  recorderMBps: number[];
  plainMBps: number[];
  lost: number;
}
