// Writes one HDF5 file through h5wasm, whose failures it turns into exceptions; analysis process.
import { File, ready, type Dataset, type Group } from 'h5wasm/node';
import { assert } from '../../common/base/assert.ts';
import type { Disposable } from '../../common/base/disposable.ts';
import { AnalysisFailure } from '../failure.ts';
import { GrowingRows, type NumberArray, type NumberArrayConstructor } from './growing-rows.ts';

/** Level 2 of 9: close to the smallest size of neural data at twice the speed of level 6. */
const usualGzipLevel = 2;

/** A failed system call under HDF5, which reports it with its whole call stack, in words for the user; anything else as it is. */
export function asWriteFailure(path: string, error: unknown): unknown {
  const reason = error instanceof Error ? /error message = '([^']*)'/.exec(error.message)?.[1] : undefined;
  if (reason === undefined) return error;
  return new AnalysisFailure(
    `${path} cannot be written: ${reason}.`,
    'Check that its folder exists, its rights and the free space of the disk.',
    {
      cause: error,
    },
  );
}

/** An HDF5 file that is being written. Paths are absolute. After an exception only `dispose` may be called. */
export class Hdf5File implements Disposable {
  readonly #file: File;
  readonly #gzipLevel: number;
  #isOpen = true;

  private constructor(file: File, gzipLevel: number) {
    this.#file = file;
    this.#gzipLevel = gzipLevel;
  }

  /** @param gzipLevel of everything that grows, 1 to 9; 0: it is not compressed @throws AnalysisFailure when the file cannot be made. */
  static async create(path: string, gzipLevel = usualGzipLevel): Promise<Hdf5File> {
    const module = await ready;
    // Without it a failed write, on a full disk for one, passes in silence.
    module.activate_throwing_error_handler();
    try {
      const file = new File(path, 'w');
      assert(file.file_id >= 0n, 'a file that could not be made throws');
      return new Hdf5File(file, gzipLevel);
    } catch (error) {
      throw asWriteFailure(path, error);
    }
  }

  group(path: string): void {
    this.#file.create_group(path);
  }

  /** A scalar text. */
  text(path: string, value: string): void {
    this.#file.create_dataset({ name: path, data: value, shape: [] });
  }

  texts(path: string, values: readonly string[]): void {
    this.#file.create_dataset({ name: path, data: [...values], shape: [values.length], dtype: 'S' });
  }

  /** A scalar of double precision. */
  number(path: string, value: number): void {
    this.#file.create_dataset({ name: path, data: Float64Array.of(value), shape: [] });
  }

  /** @param columns values in a row; undefined for a data set of one dimension. */
  numbers(path: string, values: NumberArray | BigInt64Array, columns?: number): void {
    const shape = columns === undefined ? [values.length] : [values.length / columns, columns];
    this.#file.create_dataset({ name: path, data: values, shape });
  }

  /** Object references to what is at `targets`. */
  references(path: string, targets: readonly string[]): void {
    const byTarget = new Map([...new Set(targets)].map((target) => [target, this.#object(target).create_reference()]));
    const data = targets.map((target) => {
      const reference = byTarget.get(target);
      assert(reference, `${target} has a reference`);
      return reference;
    });
    this.#file.create_dataset({ name: path, data, shape: [data.length], dtype: 'Reference' });
  }

  /** Text, double-precision scalar, several texts or typed numbers. */
  attribute(path: string, name: string, value: string | number | readonly string[] | NumberArray): void {
    const object = this.#object(path);
    if (typeof value === 'number') object.create_attribute(name, Float64Array.of(value), []);
    else if (typeof value === 'string') object.create_attribute(name, value, []);
    else if (ArrayBuffer.isView(value)) object.create_attribute(name, value, value.length === 1 ? [] : [value.length]);
    else object.create_attribute(name, [...value], [value.length], 'S');
  }

  /** An attribute that refers to the object at `target`. */
  referenceAttribute(path: string, name: string, target: string): void {
    this.#object(path).create_attribute(name, this.#object(target).create_reference(), []);
  }

  softLink(path: string, target: string): void {
    this.#file.create_soft_link(target, path);
  }

  /** A data set of `rows` values that are written in any order, a stretch at a time; not compressed. */
  fixedRows<T extends NumberArray>(path: string, array: NumberArrayConstructor<T>, rows: number): RowWriter<T> {
    const dataset = this.#extendable(path, new array(0), [], [Math.max(1, Math.min(rows, 65_536))], false);
    dataset.resize([rows]);
    return { write: (at, values) => dataset.write_slice([[at, at + values.length]], values) };
  }

  /** A compressed data set that grows. `chunk`: rows (and columns) that are compressed together. */
  growingRows<T extends NumberArray>(
    path: string,
    array: NumberArrayConstructor<T>,
    { columns, chunk }: { columns?: number; chunk: number[] },
  ): GrowingRows<T> {
    const dataset = this.#extendable(path, new array(0), columns === undefined ? [] : [columns], chunk, true);
    return new GrowingRows(dataset, array, chunk[0] ?? 1, columns);
  }

  /** Finishes the file. @throws when it could not be written to its end. */
  close(): void {
    assert(this.#isOpen, 'the file is open');
    this.#file.flush();
    this.#isOpen = false;
    const status = this.#file.close();
    assert(status >= 0, 'a file that could not be closed throws');
  }

  /** Gives up a file that was not closed. */
  dispose(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      this.#file.close();
    } catch {
      // After a failed write closing fails too; the file is given up in any case.
    }
  }

  #object(path: string): Dataset | Group {
    const object = this.#file.get(path);
    assert(object !== null && 'create_attribute' in object && 'create_reference' in object, `${path} exists`);
    return object as Dataset | Group;
  }

  #extendable(path: string, empty: NumberArray, width: number[], chunks: number[], isCompressed: boolean): Dataset {
    return this.#file.create_dataset({
      name: path,
      data: empty,
      shape: [0, ...width],
      maxshape: [null, ...width],
      chunks,
      ...(isCompressed && this.#gzipLevel > 0 ? { compression: 'gzip', compression_opts: this.#gzipLevel } : {}),
    });
  }
}

export interface RowWriter<T extends NumberArray> {
  write(at: number, values: T): void;
}
