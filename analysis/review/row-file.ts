// Files of rows of one size: written in order through a small buffer, read at any place; analysis process.
import { closeSync, openSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Fields, Struct, StructValue } from '../../common/base/struct.ts';

const bufferBytes = 64 * 1024;

/** A new file that rows are added to. What `flush` has written can be read meanwhile. */
export class RowWriter {
  readonly rowBytes: number;
  readonly #descriptor: number;
  readonly #buffer: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #used = 0;
  #writtenRows = 0;

  /** @throws Error of the file system. */
  constructor(file: string, rowBytes: number) {
    this.rowBytes = rowBytes;
    this.#buffer = new Uint8Array(Math.max(1, Math.floor(bufferBytes / rowBytes)) * rowBytes);
    this.#view = new DataView(this.#buffer.buffer);
    this.#descriptor = openSync(file, 'w');
  }

  /** Rows that are in the file. */
  get writtenRows(): number {
    return this.#writtenRows;
  }

  /** @param row `rowBytes` long; copied. */
  add(row: Uint8Array): void {
    this.#buffer.set(row, this.#makeRoom());
    this.#used += this.rowBytes;
  }

  addValue<F extends Fields>(layout: Struct<F>, value: StructValue<F>): void {
    layout.write(this.#view, this.#makeRoom(), value);
    this.#used += this.rowBytes;
  }

  flush(): void {
    for (let at = 0; at < this.#used;) at += writeSync(this.#descriptor, this.#buffer, at, this.#used - at);
    this.#writtenRows += this.#used / this.rowBytes;
    this.#used = 0;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #makeRoom(): number {
    if (this.#used === this.#buffer.length) this.flush();
    return this.#used;
  }
}

/** Rows of a file at any place. `rows` may grow while the file does. */
export class RowReader {
  readonly #handle: FileHandle;
  readonly rowBytes: number;
  readonly #countRows: () => number;

  private constructor(handle: FileHandle, rowBytes: number, countRows: () => number) {
    this.#handle = handle;
    this.rowBytes = rowBytes;
    this.#countRows = countRows;
  }

  /** @param countRows how many rows of the file may be believed now. */
  static async open(file: string, rowBytes: number, countRows: () => number): Promise<RowReader> {
    return new RowReader(await open(file, 'r'), rowBytes, countRows);
  }

  get rows(): number {
    return this.#countRows();
  }

  /** @returns the bytes of rows `from` to `to` (not included), which must be there. @throws Error when the file is shorter. */
  async read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, to - from) * this.rowBytes);
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await this.#handle.read(bytes, at, bytes.length - at, from * this.rowBytes + at);
      if (bytesRead === 0) throw new Error('a file of the review index is shorter than its head says');
      at += bytesRead;
    }
    return bytes;
  }

  /** Of rows that begin with an f64 and are in its order: the first that is not below `at`. */
  async lowerBound(at: number): Promise<number> {
    let [low, high] = [0, this.rows];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = await this.read(middle, middle + 1);
      if (new DataView(row.buffer).getFloat64(0, true) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
