// A program that records without end through the recorder in its thread, until it is killed; tests only, a process of its own.
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, MessageChannel, Worker, workerData } from 'node:worker_threads';
import { createControlBlock } from '../../../common/base/control-block.ts';
import { createRingMemory, RingWriter } from '../../../common/journal/ring.ts';
import { frameContent } from './recorded-frames.fixture.ts';
import { type RecorderStart, startRecorder } from './recorder.ts';
import type { FromRecorder, ToRecorder } from './recorder-messages.ts';

const nowNs = () => Number(process.hrtime.bigint());

function record(folder: string): void {
  const control = createControlBlock();
  const ring = createRingMemory(1 << 20);
  const { port1, port2 } = new MessageChannel();
  const start: RecorderStart = { control, ring, port: port2 };
  new Worker(fileURLToPath(import.meta.url), { workerData: start, transferList: [port2] });
  port1.postMessage({ kind: 'open', folder, sessionDocument: '{}' } satisfies ToRecorder);
  port1.on('message', (message: FromRecorder) => {
    if (message.kind !== 'opened') return;
    const writer = new RingWriter(ring);
    for (let sequence = 0; ; sequence++) {
      const content = frameContent(sequence);
      const at = writer.reserve(9, content.length, sequence, nowNs());
      if (at < 0) throw new Error('the ring is full');
      writer.bytes.set(content, at);
      writer.commit();
      // As a permit: told when the operating system has it, not before.
      if (sequence % 5 === 4 && writer.waitUntilWritten(10_000, nowNs)) writeSync(1, `${sequence}\n`);
    }
  });
}

if (isMainThread) record(process.argv[2] ?? '');
else startRecorder(workerData as RecorderStart);
