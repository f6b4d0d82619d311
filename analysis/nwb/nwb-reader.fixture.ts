// Opens NWB files for tests and reads values out of them; tests only.
import { Dataset, File, Group, Reference } from 'h5wasm/node';
import { assert } from '../../common/base/assert.ts';
import { toDisposable, type Disposable } from '../../common/base/disposable.ts';

/** One object with its type attributes. */
export interface NwbObject {
  path: string;
  type: unknown;
  namespace: unknown;
  id: unknown;
}

/** HDF5's number of it. */
const deflateFilter = 1;

export class NwbReader implements Disposable {
  readonly #file: File;
  readonly dispose: () => void;

  constructor(path: string) {
    this.#file = new File(path, 'r');
    this.dispose = toDisposable(() => this.#file.close()).dispose;
  }

  has(path: string): boolean {
    return this.paths.includes(path);
  }

  /** Absolute paths of everything in the file. */
  get paths(): string[] {
    return ['/', ...this.#file.paths().map((path) => (path.startsWith('/') ? path : `/${path}`))];
  }

  /** Everything that says it is an object of NWB; links to objects aside. */
  get objects(): NwbObject[] {
    return this.paths
      .filter((path) => path === '/' || this.link(path) === null)
      .map((path) => ({
        path,
        type: this.attribute(path, 'neurodata_type'),
        namespace: this.attribute(path, 'namespace'),
        id: this.attribute(path, 'object_id'),
      }))
      .filter(({ type }) => type !== undefined);
  }

  attribute(path: string, name: string): unknown {
    return this.#object(path).attrs[name]?.json_value;
  }

  /** Path of the object that a reference in an attribute points to. */
  referred(path: string, name: string): string | undefined {
    const value = this.#object(path).attrs[name]?.value;
    return this.#pathOf(Array.isArray(value) ? value[0] : value);
  }

  /** Paths of the objects that a data set of references points to. */
  referredByRows(path: string): (string | undefined)[] {
    const value = this.#dataset(path).value;
    assert(Array.isArray(value), `${path} holds references`);
    return value.map((reference) => this.#pathOf(reference));
  }

  /** Where a soft link leads; null for anything else. */
  link(path: string): string | null {
    return this.#file.get_link(path);
  }

  shape(path: string): number[] | null {
    return this.#dataset(path).shape;
  }

  dtype(path: string): unknown {
    return this.#dataset(path).dtype;
  }

  /** What packs a data set, each with its level. */
  filters(path: string): [name: string, level: number | undefined][] {
    return this.#dataset(path).filters.map(({ id, cd_values: [level] }) => [
      id === deflateFilter ? 'gzip' : `${id}`,
      level,
    ]);
  }

  text(path: string): string {
    const value = this.#dataset(path).value;
    assert(typeof value === 'string', `${path} is a text`);
    return value;
  }

  texts(path: string): string[] {
    const value = this.#dataset(path).to_array();
    assert(Array.isArray(value), `${path} holds texts`);
    return value as string[];
  }

  /** All numbers, row after row. */
  numbers(path: string): number[] {
    const value = this.#dataset(path).value;
    assert(ArrayBuffer.isView(value), `${path} holds numbers`);
    return Array.from(value as Float64Array, Number);
  }

  number(path: string): number {
    const value = this.#dataset(path).value;
    assert(typeof value === 'number', `${path} is a number`);
    return value;
  }

  /** Rows of a ragged column. */
  ragged(path: string): number[][] {
    const flat = this.numbers(path);
    const ends = this.numbers(`${path}_index`);
    return ends.map((end, row) => flat.slice(row === 0 ? 0 : ends[row - 1], end));
  }

  #object(path: string): Dataset | Group {
    const object = this.#file.get(path);
    assert(object instanceof Dataset || object instanceof Group, `${path} is there`);
    return object;
  }

  #dataset(path: string): Dataset {
    const object = this.#object(path);
    assert(object instanceof Dataset, `${path} is a data set`);
    return object;
  }

  #pathOf(reference: unknown): string | undefined {
    if (!(reference instanceof Reference)) return undefined;
    const object = this.#file.dereference(reference);
    return object instanceof Dataset || object instanceof Group ? object.path : undefined;
  }
}
