// The recorder: drains the ring into the journal file, at least fifty times a second, and makes it durable four times a second. Recorder thread.
import { closeSync, fdatasync, fsyncSync, statfs, writeSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { type ControlBlock, controlWord, recorderState } from '../../../common/base/control-block.ts';
import { sealFrame } from '../../../common/journal/frame.ts';
import { type RingMemory, RingReader } from '../../../common/journal/ring.ts';
import type { FromRecorder, ToRecorder } from './recorder-messages.ts';
import { createSessionFiles, type SessionFiles } from './session-files.ts';

export interface RecorderStart {
  control: ControlBlock;
  ring: RingMemory;
  port: MessagePort;
}

const drainEveryMilliseconds = 20;
const syncEveryNs = 0.25e9;
const progressEveryNs = 0.5e9;

const seal = (bytes: Uint8Array, view: DataView, at: number) => sealFrame(bytes, view, at, crc32);
const now = () => Number(process.hrtime.bigint());

/** Runs until the rig thread says `end`, or its port closes. */
export function startRecorder({ control, ring, port }: RecorderStart): void {
  const reader = new RingReader(ring);
  const send = (message: FromRecorder) => port.postMessage(message);
  let journal: (SessionFiles & { folder: string; bytes: number }) | undefined;
  let isEnding = false;
  let isSyncing = false;
  let lastSyncNs = now();
  let lastProgressNs = 0;

  function fail(error: unknown): void {
    Atomics.store(control, controlWord.recorderState, recorderState.failed);
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }

  function drain(): void {
    if (journal === undefined) return;
    const open = journal;
    reader.drain(seal, (bytes) => {
      for (let at = 0; at < bytes.length;) at += writeSync(open.descriptor, bytes, at);
      open.journal.add(bytes);
      open.bytes += bytes.length;
    });
  }

  function sync(): void {
    if (journal === undefined || isSyncing || now() - lastSyncNs < syncEveryNs) return;
    isSyncing = true;
    lastSyncNs = now();
    fdatasync(journal.descriptor, (error) => {
      isSyncing = false;
      if (error !== null && journal !== undefined) fail(error);
    });
  }

  function report(): void {
    if (journal === undefined || now() - lastProgressNs < progressEveryNs) return;
    lastProgressNs = now();
    const { folder } = journal;
    statfs(folder, (error, space) => {
      if (journal !== undefined && error === null)
        send({ kind: 'progress', bytes: journal.bytes, freeBytes: space.bavail * space.bsize });
    });
  }

  function close(): void {
    if (journal === undefined) return;
    const closing = journal;
    drain();
    fsyncSync(closing.descriptor);
    closeSync(closing.descriptor);
    journal = undefined;
    Atomics.store(control, controlWord.recorderState, recorderState.none);
    const files = [closing.journal.digest(), closing.document.digest()];
    send({ kind: 'closed', bytes: closing.bytes, files });
  }

  port.on('message', (message: ToRecorder) => {
    try {
      if (message.kind === 'open') {
        const { folder, sessionDocument } = message;
        journal = { ...createSessionFiles(folder, sessionDocument), folder, bytes: 0 };
        Atomics.store(control, controlWord.recorderState, recorderState.open);
        send({ kind: 'opened', folder: message.folder });
      } else {
        close();
        isEnding = message.kind === 'end';
      }
    } catch (error) {
      fail(error);
    }
  });
  // The rig thread died: what it committed is still in the ring.
  port.on('close', () => {
    isEnding = true;
  });

  function round(): void {
    Atomics.add(control, controlWord.recorderBeat, 1);
    try {
      if (Atomics.load(control, controlWord.recorderState) !== recorderState.failed) drain();
      if (isEnding) {
        close();
        port.close();
        return;
      }
    } catch (error) {
      fail(error);
      if (isEnding) return;
    }
    sync();
    report();
    reader.wait(drainEveryMilliseconds);
    setImmediate(round);
  }
  round();
}
