// A compressed data set that grows row by row and is written in whole chunks only; analysis process.
import type { Dataset } from 'h5wasm/node';

export type NumberArray = Uint8Array | Int16Array | Int32Array | Uint32Array | Float32Array | Float64Array;
export type NumberArrayConstructor<T extends NumberArray> = new (length: number) => T;

/** h5wasm forgets a data set's chunk cache after each write, so that a part of a chunk would be unpacked and packed anew each time. */
export class GrowingRows<T extends NumberArray> {
  readonly #dataset: Dataset;
  readonly #columns: number;
  readonly #hasColumns: boolean;
  readonly #waiting: T;
  #waitingValues = 0;
  #writtenRows = 0;

  /** @param columns values in a row; undefined for a data set of one dimension. */
  constructor(dataset: Dataset, array: NumberArrayConstructor<T>, chunkRows: number, columns: number | undefined) {
    this.#dataset = dataset;
    this.#columns = columns ?? 1;
    this.#hasColumns = columns !== undefined;
    this.#waiting = new array(chunkRows * this.#columns);
  }

  /** Appends whole rows, row after row. */
  add(values: T): void {
    for (let taken = 0; taken < values.length;) {
      const count = Math.min(values.length - taken, this.#waiting.length - this.#waitingValues);
      this.#waiting.set(values.subarray(taken, taken + count), this.#waitingValues);
      this.#waitingValues += count;
      taken += count;
      if (this.#waitingValues === this.#waiting.length) this.#write();
    }
  }

  /** Appends one value of a data set of one dimension. */
  addOne(value: number): void {
    this.#waiting[this.#waitingValues++] = value;
    if (this.#waitingValues === this.#waiting.length) this.#write();
  }

  /** Writes the last, incomplete chunk. */
  finish(): void {
    if (this.#waitingValues > 0) this.#write();
  }

  #write(): void {
    const endRow = this.#writtenRows + this.#waitingValues / this.#columns;
    const all: [number, number][] = this.#hasColumns ? [[0, this.#columns]] : [];
    this.#dataset.resize([endRow, ...all.map(([, columns]) => columns)]);
    this.#dataset.write_slice([[this.#writtenRows, endRow], ...all], this.#waiting.subarray(0, this.#waitingValues));
    this.#writtenRows = endRow;
    this.#waitingValues = 0;
  }
}
