// Length-prefixed binary frames on a byte stream: u32 little-endian payload length, u8 type, payload; used in every process.
import { assert, Defect } from '../base/assert.ts';

/** Bytes before the payload: u32 length, u8 type. */
export const frameHeaderBytes = 5;

/** The peer broke the framing; the stream cannot be read any further and must be closed. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  readonly code = 'frame-too-long';
  readonly announcedBytes: number;
  readonly maxPayloadBytes: number;

  constructor(announcedBytes: number, maxPayloadBytes: number) {
    super(`a frame announces ${announcedBytes} bytes of payload where at most ${maxPayloadBytes} are allowed`);
    this.announcedBytes = announcedBytes;
    this.maxPayloadBytes = maxPayloadBytes;
  }
}

/**
 * Cuts a stream, arriving in chunks of any size, into frames. A frame that lies within one chunk is handed out as
 * a view of it; only a frame split over chunks is copied. Holds at most one frame.
 */
export class FrameDecoder {
  readonly #maxPayloadBytes: number;
  readonly #onFrame: (type: number, payload: Uint8Array) => void;
  /** Beginning of a frame that was split over chunks; `#heldBytes` of it are filled. */
  #held = new Uint8Array(256);
  #heldBytes = 0;
  #error: FrameError | undefined;

  /** @param onFrame receives a view that is valid until it returns; it must not call `push`. */
  constructor(maxPayloadBytes: number, onFrame: (type: number, payload: Uint8Array) => void) {
    this.#maxPayloadBytes = maxPayloadBytes;
    this.#onFrame = onFrame;
  }

  /** @throws FrameError on a length beyond the limit, and on every call after that. */
  push(bytes: Uint8Array): void {
    if (this.#error !== undefined) throw this.#error;
    // What is held is whole before another frame begins, or the chunk is at its end.
    let offset = this.#heldBytes > 0 ? this.#complete(bytes) : 0;
    while (offset < bytes.length) offset += this.#take(bytes, offset);
  }

  /** Hands out the frame at `offset` in place, or begins to hold what there is of it. @returns bytes consumed. */
  #take(bytes: Uint8Array, offset: number): number {
    const available = bytes.length - offset;
    if (available >= frameHeaderBytes) {
      const frameBytes = frameHeaderBytes + this.#payloadBytes(bytes, offset);
      if (available >= frameBytes) {
        this.#onFrame(bytes[offset + 4]!, bytes.subarray(offset + frameHeaderBytes, offset + frameBytes));
        return frameBytes;
      }
    }
    return this.#hold(bytes, offset, available);
  }

  /** Adds to the held frame, first its header, then its payload. @returns bytes consumed: all of them when the frame is not whole yet. */
  #complete(bytes: Uint8Array): number {
    const missing = Math.max(0, frameHeaderBytes - this.#heldBytes);
    let consumed = this.#hold(bytes, 0, Math.min(bytes.length, missing));
    if (consumed < missing) return consumed;
    const frameBytes = frameHeaderBytes + this.#payloadBytes(this.#held, 0);
    consumed += this.#hold(bytes, consumed, Math.min(bytes.length - consumed, frameBytes - this.#heldBytes));
    if (this.#heldBytes === frameBytes) {
      this.#heldBytes = 0;
      this.#onFrame(this.#held[4]!, this.#held.subarray(frameHeaderBytes, frameBytes));
    }
    return consumed;
  }

  #hold(bytes: Uint8Array, offset: number, count: number): number {
    this.#held = grown(this.#held, this.#heldBytes + count);
    this.#held.set(bytes.subarray(offset, offset + count), this.#heldBytes);
    this.#heldBytes += count;
    return count;
  }

  #payloadBytes(bytes: Uint8Array, offset: number): number {
    const length =
      (bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) >>> 0;
    if (length <= this.#maxPayloadBytes) return length;
    this.#error = new FrameError(length, this.#maxPayloadBytes);
    throw this.#error;
  }
}

/** @returns a new frame of its own memory, for messages outside the hot path. */
export function encodeFrame(type: number, payload: Uint8Array): Uint8Array {
  const writer = new FrameWriter(payload.length);
  writer.begin(type);
  writer.bytes(payload);
  return writer.end();
}

/**
 * Writes frames into one buffer that is reused and grows as needed, for the hot path. All numbers little-endian.
 * The answer of `end` is overwritten by the next `begin`: a socket may still hold it, so begin the next frame only
 * when the peer has answered this one, or when the socket has reported it written.
 */
export class FrameWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  constructor(expectedPayloadBytes = 1024) {
    this.#bytes = new Uint8Array(frameHeaderBytes + expectedPayloadBytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  begin(type: number): void {
    const isType = Number.isInteger(type) && type >= 0 && type <= 255;
    if (!isType) throw new Defect(`${type} is not a frame type`);
    this.#bytes[4] = type;
    this.#length = frameHeaderBytes;
  }

  u8(value: number): void {
    const offset = this.#reserve(1);
    this.#view.setUint8(offset, value);
  }

  u16(value: number): void {
    const offset = this.#reserve(2);
    this.#view.setUint16(offset, value, true);
  }

  u32(value: number): void {
    const offset = this.#reserve(4);
    this.#view.setUint32(offset, value, true);
  }

  i32(value: number): void {
    const offset = this.#reserve(4);
    this.#view.setInt32(offset, value, true);
  }

  f32(value: number): void {
    const offset = this.#reserve(4);
    this.#view.setFloat32(offset, value, true);
  }

  f64(value: number): void {
    const offset = this.#reserve(8);
    this.#view.setFloat64(offset, value, true);
  }

  bytes(values: Uint8Array): void {
    const offset = this.#reserve(values.length);
    this.#bytes.set(values, offset);
  }

  /** @returns the frame, header included: a view that is valid until the next `begin`. */
  end(): Uint8Array {
    assert(this.#length >= frameHeaderBytes, 'a frame ends that was not begun');
    this.#view.setUint32(0, this.#length - frameHeaderBytes, true);
    const frame = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return frame;
  }

  /** May replace the view, so read it only after this. @returns the offset of `count` bytes to be written. */
  #reserve(count: number): number {
    assert(this.#length >= frameHeaderBytes, 'a frame is written that was not begun');
    const offset = this.#length;
    this.#length += count;
    const bytes = grown(this.#bytes, this.#length);
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer);
    }
    return offset;
  }
}

/** @returns `bytes`, or a longer copy when it is shorter than `length`. */
function grown(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (length <= bytes.length) return bytes;
  const longer = new Uint8Array(Math.max(length, 2 * bytes.length));
  longer.set(bytes);
  return longer;
}
