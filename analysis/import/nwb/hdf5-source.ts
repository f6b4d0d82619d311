// Reads an HDF5 file through h5wasm, whose failures on damaged files become words for the user; analysis process.
import { Dataset, File, Group, ready } from 'h5wasm/node';
import { AnalysisFailure } from '../../failure.ts';
import { badFile } from '../bad-file.ts';
import { SourceFile } from '../source-file.ts';

const magic = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
/** An attribute or a scalar is a few words. */
const smallMaxBytes = 1_048_576;
/** No filter of HDF5 that is read here packs more bytes into one. */
const packingMax = 1100;
const chunkMaxBytes = 268_435_456;
const stretchValues = 65_536;

export function isHdf5(first: Uint8Array): boolean {
  return Buffer.from(first.subarray(0, magic.length)).equals(magic);
}

/** Numbers in one or two dimensions. */
export interface NumberRows {
  path: string;
  rows: number;
  columns: number;
  isInt16: boolean;
  /** @returns rows × columns. */
  read(firstRow: number, count: number): Int16Array | Float64Array;
}

export class Hdf5Source {
  readonly path: string;
  readonly #bytes: number;
  readonly #file: File;

  private constructor(path: string, bytes: number, file: File) {
    this.path = path;
    this.#bytes = bytes;
    this.#file = file;
  }

  /** @throws AnalysisFailure when it is no HDF5 file, or one whose structure is damaged. */
  static async open(path: string): Promise<Hdf5Source> {
    const plain = await SourceFile.open(path);
    const first = await plain.readUpTo(0, magic.length).finally(() => plain.close());
    if (!isHdf5(first)) throw badFile(path, 0, 'does not begin as an HDF5 file does, with 89 48 44 46 0D 0A 1A 0A');
    const module = await ready;
    // Without it damage passes as zeros.
    module.activate_throwing_error_handler();
    const file = guard(path, '/', () => new File(path, 'r'));
    if (file.file_id < 0n) throw badFile(path, 'at its top', 'cannot be opened as HDF5');
    return new Hdf5Source(path, plain.bytes, file);
  }

  /** Names in a group; empty where there is none. */
  names(path: string): string[] {
    return this.#guard(path, () => {
      const object = this.#file.get(path);
      return object instanceof Group ? object.keys() : [];
    });
  }

  /** A number, a text, or undefined for anything else. */
  attribute(path: string, name: string): number | string | undefined {
    return this.#guard(path, () => {
      const object = this.#file.get(path);
      if (!(object instanceof Dataset || object instanceof Group)) return undefined;
      const attribute = object.attrs[name];
      if (attribute === undefined) return undefined;
      const { size, total_size: count } = attribute.metadata;
      return size * count > smallMaxBytes ? undefined : scalar(attribute.value);
    });
  }

  /** A scalar text; undefined where there is none. */
  text(path: string): string | undefined {
    return this.#guard(path, () => {
      const dataset = this.#dataset(path);
      if (dataset === undefined || dataset.metadata.size * dataset.metadata.total_size > smallMaxBytes)
        return undefined;
      const value = scalar(dataset.value);
      return typeof value === 'string' ? value : undefined;
    });
  }

  /** A scalar number; undefined where there is none. */
  scalarNumber(path: string): number | undefined {
    return this.#guard(path, () => {
      const dataset = this.#dataset(path);
      const value = dataset?.metadata.total_size === 1 ? scalar(dataset.value) : undefined;
      return typeof value === 'number' ? value : undefined;
    });
  }

  /** All texts of a column that is not long; undefined where there is none. */
  texts(path: string, rowsMax: number): string[] | undefined {
    return this.#guard(path, () => {
      const dataset = this.#dataset(path);
      if (dataset === undefined || (dataset.shape?.[0] ?? 0) > rowsMax || dataset.shape?.length !== 1) return undefined;
      const { value } = dataset;
      return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
    });
  }

  /** @returns undefined where there is no data set. @throws AnalysisFailure when it is no array of numbers that the file can hold. */
  numbers(path: string): NumberRows | undefined {
    const dataset = this.#guard(path, () => this.#dataset(path));
    if (dataset === undefined) return undefined;
    const { shape, type, size, signed, littleEndian, chunks } = this.#guard(path, () => dataset.metadata);
    const place = `data set ${path}`;
    if (!Array.isArray(shape) || shape.length < 1 || shape.length > 2)
      throw badFile(this.path, place, `has ${shape?.length ?? 0} dimensions; known are one and two`);
    if ((type !== 0 && type !== 1) || ![1, 2, 4, 8].includes(size) || !littleEndian)
      throw badFile(
        this.path,
        place,
        'holds no integers or fractions in little-endian order',
        'Write it anew as 16-bit integers or 32-bit fractions.',
      );
    const [rows = 0, columns = 1] = shape;
    if (rows * columns * size > this.#bytes * packingMax)
      throw badFile(
        this.path,
        place,
        `${rows} × ${columns} numbers are announced, which a file of ${this.#bytes} bytes cannot hold`,
      );
    const chunkBytes = (chunks ?? []).reduce((product, length) => product * length, size);
    if (chunkBytes > chunkMaxBytes)
      throw badFile(
        this.path,
        place,
        `is stored in pieces of ${chunkBytes} bytes; at most ${chunkMaxBytes} are read at once`,
      );
    const isInt16 = type === 0 && size === 2 && signed;
    const read = (firstRow: number, count: number) => {
      const values = this.#guard(path, () =>
        dataset.slice([[firstRow, firstRow + count], ...(shape.length === 2 ? [[0, columns]] : [])] as [
          number,
          number,
        ][]),
      );
      if (!ArrayBuffer.isView(values) || values instanceof DataView || values.length !== count * columns)
        throw badFile(this.path, place, `gives no ${count} rows from row ${firstRow} on`);
      return values instanceof Int16Array ? values : Float64Array.from(values as ArrayLike<number>, Number);
    };
    return { path, rows, columns, isInt16, read };
  }

  dispose(): void {
    try {
      this.#file.close();
    } catch {
      // After damage was found in it closing may fail too; it was only read.
    }
  }

  #dataset(path: string): Dataset | undefined {
    const object = this.#file.get(path);
    return object instanceof Dataset ? object : undefined;
  }

  #guard<T>(path: string, use: () => T): T {
    return guard(this.path, path, use);
  }
}

/** All values of a column, in order. @param to how many rows; without it all. */
export function* allNumbers(column: NumberRows, to = column.rows): Generator<number> {
  for (let first = 0; first < to; first += stretchValues)
    yield* column.read(first, Math.min(stretchValues, to - first));
}

function scalar(value: unknown): number | string | undefined {
  const one: unknown =
    Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
      ? (value as unknown as ArrayLike<unknown>)[0]
      : value;
  return typeof one === 'number' || typeof one === 'string' ? one : typeof one === 'bigint' ? Number(one) : undefined;
}

/** h5wasm throws errors of its own, HDF5's as texts, and traps where damage led HDF5 out of its memory. */
function guard<T>(file: string, path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof AnalysisFailure) throw error;
    throw badFile(file, `at ${path}`, `HDF5 cannot read this (${reasonIn(error).slice(0, 200)})`);
  }
}

/** HDF5 tells with its whole call stack; the last of its lines is the cause. */
function reasonIn(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = Array.from(text.matchAll(/#\d+: .* in \w+\(\): (.*)/g), ([, reason = '']) => reason);
  return (lines.at(-1) ?? text.trim().split('\n')[0] ?? '').trim();
}
