// Streams blocks through the real recorder thread, at their own rate and as fast as the disk takes them, beside plain writes of as many bytes. Bench thread.
import { closeSync, fdatasync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { JournalCheck } from '../../common/audit/check-journal.ts';
import { createControlBlock } from '../../common/base/control-block.ts';
import type { RealTimeStream, RecorderBenchAnswer, RecorderBenchRequest } from '../../common/bench/recorder-run.ts';
import { spreadOf } from '../../common/bench/time-spread.ts';
import { framedBytes } from '../../common/journal/frame.ts';
import { blockHeader } from '../../common/journal/records.ts';
import { createRingMemory, recorderRingBytes, RingWriter } from '../../common/journal/ring.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import { JournalWriter } from './journal/journal-writer.ts';
import { RecorderLine } from './recording/recorder-line.ts';
import { hostTime, pause } from './rig-time.ts';

/** The disk does not take it: words for whoever asked. */
export class RecorderBenchFailure extends Error {}

const ticksPerSecond = 1000;
/** As the recorder. */
const syncEveryNs = 0.25e9;
/** What the recorder hands over at a time is a part of its ring; this is no less favourable to plain writes. */
const plainWriteBytes = 1024 * 1024;
/** Above it the writer waits for the disk. */
const fullEnough = 0.5;

const megabytesPerSecond = (bytes: number, ns: number) => Math.round((bytes / 1e6 / (ns / 1e9)) * 10) / 10;

/** Samples that no disk can compress away. */
function noise(values: number): Int16Array {
  const samples = new Int16Array(values);
  let state = 1;
  for (let index = 0; index < values; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    samples[index] = state >> 20;
  }
  return samples;
}

class RecorderBench {
  readonly #request: RecorderBenchRequest;
  readonly #recorder: RecorderLine;
  readonly #journal: JournalWriter;
  readonly #samples: Int16Array;
  readonly #samplesPerBlock: number;
  #failure: string | undefined;

  constructor(request: RecorderBenchRequest, recorder: RecorderLine, journal: JournalWriter) {
    this.#request = request;
    this.#recorder = recorder;
    this.#journal = journal;
    this.#samplesPerBlock = Math.round(request.sampleRateHz / ticksPerSecond);
    this.#samples = noise(this.#samplesPerBlock * request.channels);
    recorder.onFailure((message) => (this.#failure = message));
  }

  get #blockBytes(): number {
    return framedBytes(blockHeader.bytes + this.#samples.length * 2);
  }

  /** A block each millisecond. */
  async realTime(): Promise<RealTimeStream> {
    const { seconds, channels } = this.#request;
    const folder = await this.#open('real-time');
    const blocks = seconds * ticksPerSecond;
    const handOverMs: number[] = [];
    let highestFill = 0;
    const startedNs = hostTime.nowNs();
    for (let block = 0; block < blocks;) {
      const dueNs = startedNs + block * 1e6;
      const nowNs = hostTime.nowNs();
      if (nowNs < dueNs) {
        await pause(hostTime, 1);
        continue;
      }
      this.#write(block);
      handOverMs.push((hostTime.nowNs() - nowNs) / 1e6);
      highestFill = Math.max(highestFill, this.#journal.fill);
      block++;
    }
    const streamNs = hostTime.nowNs() - startedNs;
    await this.#close();
    const { intact } = this.#check(folder);
    return {
      MBps: megabytesPerSecond(blocks * this.#samplesPerBlock * channels * 2, streamNs),
      seconds,
      records: blocks,
      lost: blocks - intact,
      highestFill: Math.round(highestFill * 1000) / 1000,
      handOverMs: spreadOf(handOverMs),
    };
  }

  /** Bytes of the stream at its own rate, as fast as they go. @returns MB/s until everything is on disk for good, and what was lost */
  async flatOut(name: string): Promise<{ MBps: number; lost: number }> {
    const blocks = this.#request.seconds * ticksPerSecond;
    const folder = await this.#open(name);
    const startedNs = hostTime.nowNs();
    for (let block = 0; block < blocks; block++) {
      while (this.#journal.fill > fullEnough) await pause(hostTime, 1);
      this.#write(block);
    }
    await this.#close();
    const ns = hostTime.nowNs() - startedNs;
    const { intact } = this.#check(folder);
    return { MBps: megabytesPerSecond(blocks * this.#blockBytes, ns), lost: blocks - intact };
  }

  /** As many bytes by a loop of write and fdatasync, which may be underway beside the writes as the recorder's is. */
  async plain(): Promise<number> {
    const bytes = this.#request.seconds * ticksPerSecond * this.#blockBytes;
    const chunk = new Uint8Array(noise(plainWriteBytes / 2).buffer);
    const file = join(this.#request.folder, 'plain.bin');
    const descriptor = openSync(file, 'wx');
    let syncing: Promise<void> | undefined;
    try {
      const startedNs = hostTime.nowNs();
      let syncedNs = startedNs;
      for (let written = 0; written < bytes;) {
        written += writeSync(descriptor, chunk, 0, Math.min(chunk.length, bytes - written));
        if (syncing !== undefined || hostTime.nowNs() - syncedNs < syncEveryNs) continue;
        syncedNs = hostTime.nowNs();
        syncing = new Promise((resolve) => fdatasync(descriptor, () => resolve()));
        void syncing.then(() => (syncing = undefined));
        await new Promise((resolve) => setImmediate(resolve));
      }
      await syncing;
      fsyncSync(descriptor);
      return megabytesPerSecond(bytes, hostTime.nowNs() - startedNs);
    } finally {
      await syncing;
      closeSync(descriptor);
      rmSync(file);
    }
  }

  async #open(name: string): Promise<string> {
    const folder = join(this.#request.folder, name);
    const problem = await this.#recorder.open(folder, '{}');
    if (problem !== undefined) throw new RecorderBenchFailure(problem);
    this.#journal.open();
    return folder;
  }

  #write(block: number): void {
    const { channels } = this.#request;
    this.#samples[0] = block;
    const firstSample = block * this.#samplesPerBlock;
    this.#journal.block(firstSample, hostTime.nowNs(), this.#samplesPerBlock, channels, this.#samples);
  }

  async #close(): Promise<void> {
    this.#journal.close();
    const closed = await this.#recorder.close();
    const problem = this.#failure ?? (typeof closed === 'string' ? closed : undefined);
    if (problem !== undefined) throw new RecorderBenchFailure(problem);
  }

  /** Reads a journal and removes it. @returns its records that are whole, in their place and with their checksum */
  #check(folder: string): { intact: number } {
    const file = join(folder, journalFileName);
    const check = new JournalCheck(file, crc32, []);
    const descriptor = openSync(file, 'r');
    const buffer = new Uint8Array(4 * 1024 * 1024);
    for (let bytes = readSync(descriptor, buffer); bytes > 0; bytes = readSync(descriptor, buffer))
      check.take(buffer.subarray(0, bytes));
    check.finish();
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
    return { intact: check.frames };
  }
}

/** @throws RecorderBenchFailure when the disk does not take what is written. */
export async function runRecorderBench(request: RecorderBenchRequest): Promise<RecorderBenchAnswer> {
  const ring = createRingMemory(recorderRingBytes);
  const [line, station] = [new MessageChannel(), new MessageChannel()];
  const thread = new Worker(join(request.programsFolder, 'recorder-thread.js'), {
    workerData: {
      recorder: { control: createControlBlock(), ring, port: line.port2 },
      station: { folder: join(request.folder, 'station'), build: 'bench', port: station.port2 },
    },
    transferList: [line.port2, station.port2],
  });
  const nowNs = () => hostTime.nowNs();
  const recorder = new RecorderLine(line.port1, nowNs);
  const bench = new RecorderBench(request, recorder, new JournalWriter(new RingWriter(ring), nowNs, () => {}));
  try {
    const realTime = await bench.realTime();
    const answer: RecorderBenchAnswer = { realTime, recorderMBps: [], plainMBps: [], lost: realTime.lost };
    for (let round = 0; round < request.rounds; round++) {
      const { MBps, lost } = await bench.flatOut(`flat-out-${round}`);
      answer.recorderMBps.push(MBps);
      answer.plainMBps.push(await bench.plain());
      answer.lost += lost;
    }
    return answer;
  } finally {
    recorder.end();
    station.port1.postMessage({ kind: 'end' });
    await new Promise((resolve) => thread.once('exit', resolve));
  }
}
