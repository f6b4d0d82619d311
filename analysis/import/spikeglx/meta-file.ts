// Reads the .meta file of a SpikeGLX recording: one key=value on each line; analysis process.
import { badFile } from '../bad-file.ts';
import { readSmallText } from '../source-file.ts';

export class MetaFile {
  readonly path: string;
  readonly #values: ReadonlyMap<string, string>;

  private constructor(path: string, values: ReadonlyMap<string, string>) {
    this.path = path;
    this.#values = values;
  }

  static async read(path: string): Promise<MetaFile> {
    const values = new Map<string, string>();
    for (const line of (await readSmallText(path)).split(/\r?\n/)) {
      const equals = line.indexOf('=');
      if (equals > 0) values.set(line.slice(0, equals), line.slice(equals + 1));
    }
    return new MetaFile(path, values);
  }

  optional(key: string): string | undefined {
    return this.#values.get(key);
  }

  text(key: string): string {
    const value = this.#values.get(key);
    if (value === undefined) throw badFile(this.path, `key ${key}`, 'is missing');
    return value;
  }

  /** A number above 0. */
  positive(key: string): number {
    const text = this.text(key);
    const value = Number(text);
    if (text.trim() === '' || !(value > 0 && value < Infinity))
      throw badFile(this.path, `key ${key}`, `a number above 0 belongs here, not ${JSON.stringify(text.slice(0, 40))}`);
    return value;
  }

  /** `length` whole numbers from 0 on, with commas between. */
  counts(key: string, length: number): number[] {
    const text = this.text(key);
    const counts = text.split(',').map(Number);
    if (counts.length !== length || counts.some((count) => !(Number.isInteger(count) && count >= 0 && count <= 65_536)))
      throw badFile(this.path, `key ${key}`, `${length} counts belong here, not ${JSON.stringify(text.slice(0, 40))}`);
    return counts;
  }

  /** What stands in each pair of brackets; empty where the key is missing. */
  list(key: string): string[] {
    return Array.from((this.#values.get(key) ?? '').matchAll(/\(([^()]*)\)/g), ([, entry = '']) => entry);
  }
}
