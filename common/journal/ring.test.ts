import fc from 'fast-check';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFrame, sealFrame } from './frame.ts';
import { createRingMemory, RingReader, RingWriter } from './ring.ts';

const seal = (bytes: Uint8Array, view: DataView, at: number) => sealFrame(bytes, view, at, crc32);

/** Everything that was written, as frames. */
function framesOf(written: Uint8Array[]) {
  const bytes = new Uint8Array(Buffer.concat(written));
  const view = new DataView(bytes.buffer);
  const frames: { type: number; sequence: number; payload: number[] }[] = [];
  for (let at = 0; at < bytes.length;) {
    const frame = readFrame(bytes, view, at, crc32);
    if (typeof frame === 'string') throw new Error(`${frame} at ${at}`);
    frames.push({ type: frame.type, sequence: frame.sequence, payload: [...frame.payload] });
    at = frame.end;
  }
  return frames;
}

describe('the journal ring', () => {
  it('hands every frame over, whole, in order and once, over any pattern of writing and draining', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 700 }), fc.constant('drain' as const)), { maxLength: 200 }),
        (steps) => {
          const memory = createRingMemory(4096);
          const writer = new RingWriter(memory);
          const reader = new RingReader(memory);
          const written: Uint8Array[] = [];
          const expected: { type: number; sequence: number; payload: number[] }[] = [];
          const drain = () => reader.drain(seal, (bytes) => written.push(bytes.slice()));
          for (const step of steps) {
            if (step === 'drain') {
              drain();
              continue;
            }
            const sequence = expected.length;
            const at = writer.reserve(5, step, sequence, sequence * 10);
            if (at < 0) continue;
            const payload = Array.from({ length: step }, (_, index) => (index + sequence) % 256);
            writer.bytes.set(payload, at);
            writer.commit();
            expected.push({ type: 5, sequence, payload });
          }
          drain();
          expect(framesOf(written)).toEqual(expected);
          expect(writer.fill).toBe(0);
        },
      ),
    );
  });

  it('says that it is full instead of overwriting what the recorder has not taken', () => {
    const memory = createRingMemory(4096);
    const writer = new RingWriter(memory);
    let count = 0;
    while (writer.reserve(1, 100, count, 0) >= 0) count++;
    writer.commit();
    expect(count).toBe(Math.floor(4096 / 136));
    const written: Uint8Array[] = [];
    new RingReader(memory).drain(seal, (bytes) => written.push(bytes.slice()));
    expect(framesOf(written).length).toBe(count);
    expect(writer.reserve(1, 100, count, 0)).toBeGreaterThanOrEqual(0);
  });

  it('frees nothing when writing fails', () => {
    const memory = createRingMemory(4096);
    const writer = new RingWriter(memory);
    writer.reserve(1, 100, 0, 0);
    writer.commit();
    const reader = new RingReader(memory);
    const fail = () => {
      throw new Error('no space left on device');
    };
    expect(() => reader.drain(seal, fail)).toThrow('no space');
    const written: Uint8Array[] = [];
    reader.drain(seal, (bytes) => written.push(bytes.slice()));
    expect(framesOf(written).length).toBe(1);
  });

  it('reports a recorder that does not take a record in time', () => {
    const writer = new RingWriter(createRingMemory(4096));
    let nowNs = 0;
    expect(writer.waitUntilWritten(1, () => nowNs)).toBe(true);
    writer.reserve(1, 8, 0, 0);
    writer.commit();
    expect(writer.waitUntilWritten(1, () => (nowNs += 2e6))).toBe(false);
  });
});
