// A ring of journal frames in shared memory: the rig thread writes, the recorder thread reads. It never drops; when it is nearly full the rig disarms.
import { assert } from '../base/assert.ts';
import { frameHeaderBytes, framedBytes, writeFrameHeader } from './frame.ts';

/** Positions count bytes since the start, modulo 2^32; the capacity is a power of two. */
const word = { head: 0, written: 1 } as const;
/** A frame type that only fills the ring's end; it is never written to disk. */
const fillerType = 0xffff;
const headerWords = 16;

/** The memory that both sides share. */
export interface RingMemory {
  positions: Int32Array<SharedArrayBuffer>;
  bytes: Uint8Array<SharedArrayBuffer>;
}

/** How much the recorder may be behind: two seconds of 1,024 channels at 30 kHz, half a minute of 64, in which a disk may stand still. */
export const recorderRingBytes = 128 * 1024 * 1024;

/** @param capacityBytes a power of two. */
export function createRingMemory(capacityBytes: number): RingMemory {
  assert(
    capacityBytes >= 4096 && (capacityBytes & (capacityBytes - 1)) === 0,
    'the ring holds a power of two of bytes',
  );
  return {
    positions: new Int32Array(new SharedArrayBuffer(headerWords * 4)),
    bytes: new Uint8Array(new SharedArrayBuffer(capacityBytes)),
  };
}

/** The rig thread's side. */
export class RingWriter {
  readonly #memory: RingMemory;
  readonly #mask: number;
  /** Lies over the ring's bytes: payloads are written straight into it. */
  readonly view: DataView;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  #head = 0;

  constructor(memory: RingMemory) {
    this.#memory = memory;
    this.bytes = memory.bytes;
    this.view = new DataView(memory.bytes.buffer);
    this.#mask = memory.bytes.length - 1;
    this.#head = Atomics.load(memory.positions, word.head) >>> 0;
  }

  /** Part of the ring that waits for the recorder, 0 to 1. */
  get fill(): number {
    return ((this.#head - (Atomics.load(this.#memory.positions, word.written) >>> 0)) >>> 0) / this.bytes.length;
  }

  /**
   * Makes room for a frame and writes its header. Write the payload at the returned place, then `commit`.
   * @returns the payload's place in `view` and `bytes`, a multiple of eight; -1 when the ring is full.
   */
  reserve(type: number, payloadBytes: number, sequence: number, hostNs: number): number {
    const total = framedBytes(payloadBytes);
    const capacity = this.bytes.length;
    let at = this.#head & this.#mask;
    const toEnd = capacity - at;
    const filler = total > toEnd ? toEnd : 0;
    const used = (this.#head - (Atomics.load(this.#memory.positions, word.written) >>> 0)) >>> 0;
    if (used + filler + total > capacity) return -1;
    if (filler > 0) {
      if (filler >= frameHeaderBytes) writeFrameHeader(this.view, at, fillerType, filler - frameHeaderBytes, 0, 0);
      this.#head = (this.#head + filler) >>> 0;
      at = 0;
    }
    writeFrameHeader(this.view, at, type, payloadBytes, sequence, hostNs);
    for (let pad = at + frameHeaderBytes + payloadBytes; pad < at + total; pad++) this.bytes[pad] = 0;
    this.#head = (this.#head + total) >>> 0;
    return at + frameHeaderBytes;
  }

  /** Lets the recorder see everything reserved so far. */
  commit(): void {
    Atomics.store(this.#memory.positions, word.head, this.#head | 0);
  }

  /**
   * Wakes the recorder and waits until it has handed everything committed to the operating system.
   * @returns false when `timeoutMilliseconds` passed before.
   */
  waitUntilWritten(timeoutMilliseconds: number, nowNs: () => number): boolean {
    const positions = this.#memory.positions;
    Atomics.notify(positions, word.head);
    const endNs = nowNs() + timeoutMilliseconds * 1e6;
    for (;;) {
      const written = Atomics.load(positions, word.written);
      if (written === (this.#head | 0)) return true;
      const leftMilliseconds = (endNs - nowNs()) / 1e6;
      if (leftMilliseconds <= 0) return false;
      Atomics.wait(positions, word.written, written, leftMilliseconds);
    }
  }
}

/** The recorder thread's side. */
export class RingReader {
  readonly #memory: RingMemory;
  readonly #view: DataView;
  readonly #mask: number;

  constructor(memory: RingMemory) {
    this.#memory = memory;
    this.#view = new DataView(memory.bytes.buffer);
    this.#mask = memory.bytes.length - 1;
  }

  /** Sleeps until the writer wakes it or `timeoutMilliseconds` pass. Only for threads that may block. */
  wait(timeoutMilliseconds: number): void {
    const head = Atomics.load(this.#memory.positions, word.head);
    if (head !== Atomics.load(this.#memory.positions, word.written)) return;
    Atomics.wait(this.#memory.positions, word.head, head, timeoutMilliseconds);
  }

  /**
   * Hands over everything committed, as stretches of whole frames, and then frees it. When `write` throws nothing is freed.
   * @param seal finishes the frame at a place and answers where the next one begins.
   */
  drain(seal: (bytes: Uint8Array, view: DataView, at: number) => number, write: (bytes: Uint8Array) => void): void {
    const { positions, bytes } = this.#memory;
    const head = Atomics.load(positions, word.head) >>> 0;
    let written = Atomics.load(positions, word.written) >>> 0;
    while (written !== head) {
      const begin = written & this.#mask;
      const end = Math.min(begin + ((head - written) >>> 0), bytes.length);
      let at = begin;
      let isFiller = false;
      while (at < end && !isFiller) {
        isFiller = end - at < frameHeaderBytes || this.#view.getUint16(at + 8, true) === fillerType;
        if (!isFiller) at = seal(bytes, this.#view, at);
      }
      if (at > begin) write(bytes.subarray(begin, at));
      written = (written + (end - begin)) >>> 0;
      Atomics.store(positions, word.written, written | 0);
    }
    Atomics.notify(positions, word.written);
  }
}
