// A fixed binary record declared once, for the device protocol's writer and reader alike; used in every process that meets a device.
import { Defect } from '../base/assert.ts';
import { type FieldType, type Struct, struct } from '../base/struct.ts';

/** Whole numbers only: nothing on this wire is rounded. */
type WholeType = Exclude<FieldType, 'f64' | 'f32'>;

const ranges: Record<WholeType, readonly [min: number, max: number]> = {
  u8: [0, 2 ** 8 - 1],
  u16: [0, 2 ** 16 - 1],
  u32: [0, 2 ** 32 - 1],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  i64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  u64: [0, Number.MAX_SAFE_INTEGER],
};

export class RecordLayout<Name extends string> {
  /** Length of a record. */
  readonly bytes: number;
  readonly #types: readonly [Name, WholeType][];
  readonly #layout: Struct<Readonly<Record<Name, WholeType>>>;

  /** @param fields name → type, in order on the wire, without padding */
  constructor(fields: Readonly<Record<Name, WholeType>>) {
    this.#types = Object.entries(fields) as [Name, WholeType][];
    this.#layout = struct(fields);
    this.bytes = this.#layout.bytes;
  }

  /** @returns a new body: the record, then `tail`. @throws Defect on a value that its field cannot hold: nothing wraps around. */
  encode(record: Readonly<Record<Name, number>>, tail?: Uint8Array): Uint8Array {
    for (const [name, type] of this.#types) {
      const value = record[name];
      const [min, max] = ranges[type];
      const fits = Number.isInteger(value) && value >= min && value <= max;
      if (!fits) throw new Defect(`${name} ${value} does not fit into ${type}`);
    }
    const body = new Uint8Array(this.bytes + (tail?.length ?? 0));
    this.#layout.write(new DataView(body.buffer), 0, record);
    if (tail !== undefined) body.set(tail, this.bytes);
    return body;
  }

  /** @returns the record at the beginning of `body`; undefined when it is too short or a number of 64 bits is beyond ±(2⁵³−1). */
  decode(body: Uint8Array): Record<Name, number> | undefined {
    if (body.length < this.bytes) return undefined;
    const record = this.#layout.read(new DataView(body.buffer, body.byteOffset, this.bytes), 0);
    return this.#types.every(([name]) => Number.isSafeInteger(record[name])) ? record : undefined;
  }

  /** Like `decode`, and undefined too when anything follows the record. */
  decodeWhole(body: Uint8Array): Record<Name, number> | undefined {
    return body.length === this.bytes ? this.decode(body) : undefined;
  }
}
