// Reads the rows of one .npy file, a stretch at a time; analysis process.
import { badFile } from '../bad-file.ts';
import { SourceFile } from '../source-file.ts';

const magic = Buffer.from('\x93NUMPY', 'latin1');
const prefixBytes = 12;
const headerMaxBytes = 65_536;
const stretchBytes = 65_536;
/** The longest text of a row. */
const itemMaxBytes = 1_048_576;

type Decode = (bytes: Buffer, at: number, itemBytes: number) => number | bigint | string;
const decoders: Readonly<Record<string, Decode>> = {
  i1: (bytes, at) => bytes.readInt8(at),
  u1: (bytes, at) => bytes.readUInt8(at),
  i2: (bytes, at) => bytes.readInt16LE(at),
  u2: (bytes, at) => bytes.readUInt16LE(at),
  i4: (bytes, at) => bytes.readInt32LE(at),
  u4: (bytes, at) => bytes.readUInt32LE(at),
  i8: (bytes, at) => bytes.readBigInt64LE(at),
  u8: (bytes, at) => bytes.readBigUInt64LE(at),
  f4: (bytes, at) => bytes.readFloatLE(at),
  f8: (bytes, at) => bytes.readDoubleLE(at),
  S: (bytes, at, itemBytes) => bytes.toString('utf8', at, at + itemBytes).replace(/\0+$/, ''),
};

/** One value per row. */
export class NpyColumn {
  readonly rows: number;
  /** Whether the rows are integers, of whatever size. */
  readonly isWhole: boolean;
  readonly #file: SourceFile;
  readonly #from: number;
  readonly #itemBytes: number;
  readonly #decode: Decode;

  private constructor(file: SourceFile, from: number, type: string, itemBytes: number, rows: number, notes: string[]) {
    this.#file = file;
    this.#from = from;
    this.#itemBytes = itemBytes;
    this.#decode = decoders[type]!;
    this.isWhole = /^[iu]/.test(type);
    const held = Math.floor((file.bytes - from) / itemBytes);
    if (rows > held) throw badFile(file.path, from, `${rows} rows are announced, and the file holds ${held}`);
    if (rows < held)
      notes.push(
        `${file.path} announces ${rows} rows and holds ${held}: its header was not written anew, as when the program that recorded was ended. All rows are used.`,
      );
    this.rows = held;
  }

  /** @throws AnalysisFailure when the file is no one-dimensional array of numbers or texts, or shorter than it says. */
  static async open(path: string, notes: string[]): Promise<NpyColumn> {
    const file = await SourceFile.open(path);
    try {
      const prefix = await file.readUpTo(0, prefixBytes);
      if (!prefix.subarray(0, magic.length).equals(magic))
        throw badFile(path, 0, 'does not begin as a NumPy array does');
      if (prefix.length < prefixBytes) throw badFile(path, prefix.length, 'the file ends in its header');
      const isLong = prefix.readUInt8(6) > 1;
      const headerFrom = isLong ? 12 : 10;
      const headerBytes = isLong ? prefix.readUInt32LE(8) : prefix.readUInt16LE(8);
      if (headerBytes > headerMaxBytes) throw badFile(path, 8, `a header of ${headerBytes} bytes is announced`);
      const text = (await file.readUpTo(headerFrom, headerBytes)).toString('latin1');
      const type = /'descr':\s*'[<|]([iuf][1248]|S(\d{1,9}))'/.exec(text);
      const shape = /'shape':\s*\((\d{1,15}),?\s*\)/.exec(text);
      const kind = type?.[2] === undefined ? (type?.[1] ?? '') : 'S';
      const itemBytes = Number(type?.[2] ?? type?.[1]?.slice(1));
      if (!Object.hasOwn(decoders, kind) || shape === null || !(itemBytes >= 1 && itemBytes <= itemMaxBytes))
        throw badFile(
          path,
          headerFrom,
          `no array of one dimension with numbers or texts: ${JSON.stringify(text.trim().slice(0, 120))}`,
        );
      return new NpyColumn(file, headerFrom + headerBytes, kind, itemBytes, Number(shape[1]), notes);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get path(): string {
    return this.#file.path;
  }

  /** @returns whole numbers. @throws AnalysisFailure for anything else in the rows. */
  async numbers(first: number, count: number): Promise<number[]> {
    const values = await this.#rowsAt(first, count);
    return values.map((value, index) => this.#asNumber(value, first + index));
  }

  /** All rows with their whole numbers. */
  async *allNumbers(): AsyncGenerator<number> {
    let row = 0;
    for await (const value of this.#all()) yield this.#asNumber(value, row++);
  }

  async *allTexts(): AsyncGenerator<string> {
    for await (const value of this.#all()) yield String(value);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #asNumber(value: number | bigint | string, row: number): number {
    const number = Number(value);
    if (typeof value !== 'string' && Number.isSafeInteger(number)) return number;
    throw badFile(
      this.path,
      this.#from + row * this.#itemBytes,
      `${String(value)} is no whole number that can be counted with`,
    );
  }

  async *#all(): AsyncGenerator<number | bigint | string> {
    const size = Math.max(1, Math.floor(stretchBytes / this.#itemBytes));
    for (let first = 0; first < this.rows; first += size)
      yield* await this.#rowsAt(first, Math.min(size, this.rows - first));
  }

  async #rowsAt(first: number, count: number): Promise<(number | bigint | string)[]> {
    const bytes = Buffer.alloc(count * this.#itemBytes);
    await this.#file.readInto(this.#from + first * this.#itemBytes, bytes);
    return Array.from({ length: count }, (_, index) => this.#decode(bytes, index * this.#itemBytes, this.#itemBytes));
  }
}

/** Opens columns that belong together, row by row. @throws AnalysisFailure when they are not equally long. */
export async function openColumns(paths: readonly string[], notes: string[]): Promise<NpyColumn[]> {
  const columns: NpyColumn[] = [];
  try {
    for (const path of paths) columns.push(await NpyColumn.open(path, notes));
    const [first] = columns;
    const other = columns.find((column) => column.rows !== first?.rows);
    if (first && other)
      notes.push(
        `${other.path} has ${other.rows} rows and ${first.path} has ${first.rows}; the rows that both have were used.`,
      );
    return columns;
  } catch (error) {
    for (const column of columns) await column.close();
    throw error;
  }
}
