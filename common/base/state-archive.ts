// Writes down what objects remember, and gives it back to others that were made alike; rig thread and replay.
import { assert } from './assert.ts';

/** Arrays of numbers that a memory consists of. */
export type StateArray = Float64Array | Float32Array | Int16Array | Uint16Array | Uint8Array;

/**
 * One description for both ways: an object hands over each value that it remembers, always in the same order, and goes on
 * with what comes back. Saving, that is the same value; loading, the one that was saved.
 */
export interface StateArchive {
  readonly isLoading: boolean;
  /** Every double comes back as it was, −0, NaN and the infinities too. */
  number(value: number): number;
  flag(value: boolean): boolean;
  /** Loading overwrites the content; both are of one length. */
  array(values: StateArray): void;
  /** What JSON can hold; undefined is allowed. */
  json<T>(value: T): T;
}

/** An object that can be written down. */
export interface Remembering {
  exchange(archive: StateArchive): void;
}

const bytesOf = (values: StateArray) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

class Saver implements StateArchive {
  readonly isLoading = false;
  readonly parts: Uint8Array[] = [];

  number(value: number): number {
    this.parts.push(bytesOf(Float64Array.of(value)));
    return value;
  }

  flag(value: boolean): boolean {
    this.parts.push(Uint8Array.of(value ? 1 : 0));
    return value;
  }

  array(values: StateArray): void {
    this.number(values.byteLength);
    this.parts.push(bytesOf(values).slice());
  }

  json<T>(value: T): T {
    this.array(new TextEncoder().encode(value === undefined ? '' : JSON.stringify(value)));
    return value;
  }
}

class Loader implements StateArchive {
  readonly isLoading = true;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    return new Float64Array(this.#take(8).slice().buffer)[0]!;
  }

  flag(): boolean {
    return this.#take(1)[0] === 1;
  }

  array(values: StateArray): void {
    const bytes = this.number();
    assert(bytes === values.byteLength, `a memory of ${bytes} bytes is for something of ${values.byteLength}`);
    bytesOf(values).set(this.#take(bytes));
  }

  json<T>(): T {
    const text = new TextDecoder().decode(this.#take(this.number()));
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  finish(): void {
    assert(this.#at === this.#bytes.length, `${this.#bytes.length - this.#at} bytes of a memory belong to nothing`);
  }

  #take(count: number): Uint8Array {
    assert(count >= 0 && this.#at + count <= this.#bytes.length, 'a memory ends too early');
    return this.#bytes.subarray(this.#at, (this.#at += count));
  }
}

/** @returns what an object remembers, in this computer's byte order. */
export function saveState(from: Remembering): Uint8Array {
  const saver = new Saver();
  from.exchange(saver);
  const bytes = new Uint8Array(saver.parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of saver.parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Gives an object what another one remembered. @throws Defect when the two were not made alike. */
export function loadState(into: Remembering, bytes: Uint8Array): void {
  const loader = new Loader(bytes);
  into.exchange(loader);
  loader.finish();
}
