// Takes typed values out of JSON of other programs, and says where one is missing or of another kind; analysis process.
import { badFile } from './bad-file.ts';
import { readSmallText } from './source-file.ts';

/** An object in a JSON file, with its place. */
export class JsonObject {
  readonly file: string;
  readonly #place: string;
  readonly #value: object;

  constructor(file: string, place: string, value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw badFile(file, place === '' ? 'at its top' : place, 'a group of keys belongs here');
    this.file = file;
    this.#place = place;
    this.#value = value;
  }

  /** @throws AnalysisFailure when the file is no JSON object. */
  static async read(file: string): Promise<JsonObject> {
    const text = await readSmallText(file);
    try {
      return new JsonObject(file, '', JSON.parse(text));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw badFile(file, 'as JSON', error.message);
    }
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#value, key);
  }

  text(key: string): string {
    const value = this.#at(key);
    if (typeof value !== 'string')
      throw badFile(this.file, this.placeOf(key), `a text belongs here, not ${shown(value)}`);
    return value;
  }

  number(key: string): number {
    const value = this.#at(key);
    if (typeof value !== 'number')
      throw badFile(this.file, this.placeOf(key), `a number belongs here, not ${shown(value)}`);
    return value;
  }

  objects(key: string): JsonObject[] {
    const value = this.#at(key);
    if (!Array.isArray(value)) throw badFile(this.file, this.placeOf(key), `a list belongs here, not ${shown(value)}`);
    return value.map((each, index) => new JsonObject(this.file, `${this.placeOf(key)}[${index}]`, each));
  }

  placeOf(key: string): string {
    return this.#place === '' ? key : `${this.#place}.${key}`;
  }

  #at(key: string): unknown {
    return this.has(key) ? (this.#value as Record<string, unknown>)[key] : undefined;
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40);
}
