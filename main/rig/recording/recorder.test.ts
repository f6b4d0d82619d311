import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlWord, createControlBlock, recorderState } from '../../../common/base/control-block.ts';
import { journalFileHeaderBytes, journalFileMagic, readFrame } from '../../../common/journal/frame.ts';
import { createRingMemory, RingWriter } from '../../../common/journal/ring.ts';
import { journalFileName, sessionFileName } from '../../../common/journal/session-documents.ts';
import type { FromRecorder, ToRecorder } from './recorder-messages.ts';
import { startRecorder } from './recorder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-recorder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function setUp() {
  const control = createControlBlock();
  const ring = createRingMemory(65_536);
  const { port1, port2 } = new MessageChannel();
  const messages: FromRecorder[] = [];
  port1.on('message', (message: FromRecorder) => messages.push(message));
  startRecorder({ control, ring, port: port2 });
  const heard = async (kind: FromRecorder['kind']) => {
    while (!messages.some((message) => message.kind === kind)) await new Promise((resolve) => setImmediate(resolve));
  };
  const ended = new Promise<void>((resolve) => port1.once('close', resolve));
  return {
    control,
    writer: new RingWriter(ring),
    port: port1,
    send: (message: ToRecorder) => port1.postMessage(message),
    heard,
    ended,
    messages,
  };
}

describe('the recorder', () => {
  it('writes session.json first, then every committed frame with its checksum', async () => {
    const { writer, send, heard, ended } = setUp();
    const session = join(folder, 'session');
    send({ kind: 'open', folder: session, sessionDocument: '{"a":1}' });
    await heard('opened');
    expect(readFileSync(join(session, sessionFileName), 'utf8')).toBe('{"a":1}');
    for (let sequence = 0; sequence < 3; sequence++) {
      writer.bytes.set([sequence], writer.reserve(9, 1, sequence, 7));
      writer.commit();
    }
    send({ kind: 'close' });
    await heard('closed');
    const bytes = new Uint8Array(readFileSync(join(session, journalFileName)));
    expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe(journalFileMagic);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const found: number[] = [];
    for (let at = journalFileHeaderBytes; at < bytes.length;) {
      const frame = readFrame(bytes, view, at, crc32);
      if (typeof frame === 'string') throw new Error(frame);
      found.push(frame.payload[0] ?? -1);
      at = frame.end;
    }
    expect(found).toEqual([0, 1, 2]);
    send({ kind: 'end' });
    await ended;
  });

  it('never writes over an existing session', async () => {
    const { send, heard, ended, messages, control } = setUp();
    send({ kind: 'open', folder, sessionDocument: '{}' });
    await heard('failed');
    expect(messages[0]).toMatchObject({ kind: 'failed' });
    expect(Atomics.load(control, controlWord.recorderState)).toBe(recorderState.failed);
    send({ kind: 'end' });
    await ended;
  });

  it('writes what a dead rig thread had committed', async () => {
    const { writer, send, heard, port } = setUp();
    const session = join(folder, 'session');
    send({ kind: 'open', folder: session, sessionDocument: '{}' });
    await heard('opened');
    writer.reserve(9, 100, 0, 7);
    writer.commit();
    port.close();
    const expected = journalFileHeaderBytes + 32 + 104;
    while (readFileSync(join(session, journalFileName)).length < expected)
      await new Promise((resolve) => setImmediate(resolve));
  });
});
