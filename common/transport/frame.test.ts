import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Defect } from '../base/assert.ts';
import { encodeFrame, FrameDecoder, FrameError, FrameWriter } from './frame.ts';

interface Frame {
  type: number;
  payload: number[];
}

const frames = fc.array(
  fc.record({
    type: fc.integer({ min: 0, max: 255 }),
    payload: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 600 }),
  }),
  { maxLength: 12 },
);

function encodeAll(list: readonly Frame[]): Uint8Array {
  return Uint8Array.from(list.flatMap(({ type, payload }) => [...encodeFrame(type, Uint8Array.from(payload))]));
}

/** Decodes chunks that are overwritten after each push, as a socket's buffer may be. */
function decodeAll(chunks: readonly Uint8Array[], maxPayloadBytes = 1000): Frame[] {
  const seen: Frame[] = [];
  const decoder = new FrameDecoder(maxPayloadBytes, (type, payload) => seen.push({ type, payload: [...payload] }));
  for (const chunk of chunks) {
    const passing = chunk.slice();
    decoder.push(passing);
    passing.fill(0xee);
  }
  return seen;
}

function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (let index = 0; offset < bytes.length; index++) {
    const length = lengths[index % lengths.length]!;
    chunks.push(bytes.slice(offset, offset + length));
    offset += length;
  }
  return chunks;
}

describe('frames', () => {
  it('come out as they went in, however the stream is cut', () => {
    fc.assert(
      fc.property(
        frames,
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }),
        (list, lengths) => {
          expect(decodeAll(cut(encodeAll(list), lengths))).toEqual(list);
        },
      ),
    );
  });

  it('come out byte by byte as well', () => {
    const list = [
      { type: 7, payload: [1, 2, 3] },
      { type: 0, payload: [] },
      { type: 255, payload: Array.from({ length: 300 }, (_, index) => index & 255) },
    ];
    expect(decodeAll(cut(encodeAll(list), [1]))).toEqual(list);
  });

  it('come out when a header is split and the next frame follows at once', () => {
    const list = [
      { type: 7, payload: [] },
      { type: 8, payload: [1] },
      { type: 9, payload: [2, 3] },
    ];
    for (const first of [1, 2, 3, 4, 5, 6]) expect(decodeAll(cut(encodeAll(list), [first, 100]))).toEqual(list);
  });

  it('that lie within a chunk are handed out without a copy', () => {
    const chunk = encodeFrame(3, Uint8Array.of(9, 8));
    const buffers: ArrayBufferLike[] = [];
    new FrameDecoder(10, (_, payload) => buffers.push(payload.buffer)).push(chunk);
    expect(buffers).toEqual([chunk.buffer]);
    expect(buffers[0]).toBe(chunk.buffer);
  });

  it('may be exactly as long as the limit and not one byte longer', () => {
    expect(decodeAll([encodeFrame(1, new Uint8Array(16))], 16)).toHaveLength(1);
    const longer = () => decodeAll([encodeFrame(1, new Uint8Array(17))], 16);
    expect(longer).toThrow('a frame announces 17 bytes of payload where at most 16 are allowed');
    expect(longer).toThrow(expect.objectContaining({ name: 'FrameError' }) as Error);
  });

  it('that announce too long a payload are refused as soon as the length is known, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1001, max: 0xffff_ffff }),
        frames,
        fc.integer({ min: 1, max: 40 }),
        (length, list, chunk) => {
          const corrupted = new Uint8Array(5);
          new DataView(corrupted.buffer).setUint32(0, length, true);
          const stream = Uint8Array.of(...encodeAll(list), ...corrupted);
          const seen: Frame[] = [];
          const decoder = new FrameDecoder(1000, (type, payload) => seen.push({ type, payload: [...payload] }));
          let error: unknown;
          try {
            for (const piece of cut(stream, [chunk])) decoder.push(piece);
          } catch (thrown) {
            error = thrown;
          }
          expect(error).toBeInstanceOf(FrameError);
          expect(error).toMatchObject({ code: 'frame-too-long', announcedBytes: length, maxPayloadBytes: 1000 });
          expect(seen).toEqual(list);
          expect(() => decoder.push(encodeFrame(1, new Uint8Array(0)))).toThrow(FrameError);
        },
      ),
    );
  });
});

describe('a frame writer', () => {
  it('writes numbers little-endian and grows beyond its expected length', () => {
    const writer = new FrameWriter(1);
    writer.begin(42);
    writer.u8(0xab);
    writer.u16(0x0102);
    writer.u32(0xdeadbeef);
    writer.i32(-2);
    writer.f32(1.5);
    writer.f64(-0.1);
    writer.bytes(new Uint8Array(100).fill(5));
    const frame = writer.end();
    const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
    expect(view.getUint32(0, true)).toBe(frame.length - 5);
    expect(view.getUint8(4)).toBe(42);
    expect(view.getUint8(5)).toBe(0xab);
    expect(view.getUint16(6, true)).toBe(0x0102);
    expect(view.getUint32(8, true)).toBe(0xdeadbeef);
    expect(view.getInt32(12, true)).toBe(-2);
    expect(view.getFloat32(16, true)).toBe(1.5);
    expect(view.getFloat64(20, true)).toBe(-0.1);
    expect(frame.subarray(28)).toEqual(new Uint8Array(100).fill(5));
  });

  it('reuses its buffer from frame to frame', () => {
    const writer = new FrameWriter(8);
    const list = [1, 2, 3].map((value) => {
      writer.begin(value);
      writer.u32(value * 1000);
      return writer.end();
    });
    expect(new Set(list.map((frame) => frame.buffer)).size).toBe(1);
  });

  it('keeps a buffer that a frame fills to its last byte, and doubles one that is too short', () => {
    const writer = new FrameWriter(4);
    const bufferOf = (payloadBytes: number) => {
      writer.begin(1);
      for (let count = 0; count < payloadBytes; count++) writer.u8(count);
      return writer.end().buffer;
    };
    const first = bufferOf(4);
    expect(bufferOf(4)).toBe(first);
    const buffers = new Set(Array.from({ length: 1000 }, (_, bytes) => bufferOf(bytes)));
    expect([...buffers].map(({ byteLength }) => byteLength)).toEqual([9, 18, 36, 72, 144, 288, 576, 1152]);
  });

  it('refuses to write outside a frame', () => {
    const writer = new FrameWriter();
    expect(() => writer.u8(1)).toThrow(new Defect('a frame is written that was not begun'));
    expect(() => writer.end()).toThrow(new Defect('a frame ends that was not begun'));
  });

  it.each([256, -1, 0.5, NaN])('refuses a type of %d', (type) => {
    expect(() => new FrameWriter().begin(type)).toThrow(new Defect(`${type} is not a frame type`));
  });
});
