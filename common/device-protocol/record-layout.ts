// A fixed binary record declared once, for the device protocol's writer and reader alike; used in every process that meets a device.
import { assert } from '../base/assert.ts';

/** Little-endian. 'u64' holds integers up to 2⁵³−1 only. */
export type FieldType = 'u8' | 'u16' | 'u32' | 'i32' | 'u64';

const fieldBytes: Record<FieldType, number> = { u8: 1, u16: 2, u32: 4, i32: 4, u64: 8 };
const ranges: Record<FieldType, readonly [min: number, max: number]> = {
  u8: [0, 2 ** 8 - 1],
  u16: [0, 2 ** 16 - 1],
  u32: [0, 2 ** 32 - 1],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  u64: [0, Number.MAX_SAFE_INTEGER],
};

export class RecordLayout<Name extends string> {
  /** Length of a record. */
  readonly bytes: number;
  readonly #fields: readonly { name: Name; type: FieldType; at: number }[];

  /** @param fields name → type, in order on the wire, without padding */
  constructor(fields: Readonly<Record<Name, FieldType>>) {
    let at = 0;
    this.#fields = (Object.entries(fields) as [Name, FieldType][]).map(([name, type]) => {
      const field = { name, type, at };
      at += fieldBytes[type];
      return field;
    });
    this.bytes = at;
  }

  /** @returns a new body: the record, then `tail`. @throws Defect on a value that its field cannot hold: nothing wraps around. */
  encode(record: Readonly<Record<Name, number>>, tail?: Uint8Array): Uint8Array {
    const body = new Uint8Array(this.bytes + (tail?.length ?? 0));
    const view = new DataView(body.buffer);
    for (const { name, type, at } of this.#fields) {
      const value = record[name];
      const [min, max] = ranges[type];
      assert(Number.isInteger(value) && value >= min && value <= max, `${name} ${value} does not fit into ${type}`);
      write(view, at, type, value);
    }
    if (tail !== undefined) body.set(tail, this.bytes);
    return body;
  }

  /** @returns the record at the beginning of `body`; undefined when it is too short or a u64 is beyond 2⁵³−1. */
  decode(body: Uint8Array): Record<Name, number> | undefined {
    if (body.length < this.bytes) return undefined;
    const view = new DataView(body.buffer, body.byteOffset, this.bytes);
    const record = {} as Record<Name, number>;
    for (const { name, type, at } of this.#fields) {
      const value = read(view, at, type);
      if (value > Number.MAX_SAFE_INTEGER) return undefined;
      record[name] = value;
    }
    return record;
  }

  /** Like `decode`, and undefined too when anything follows the record. */
  decodeWhole(body: Uint8Array): Record<Name, number> | undefined {
    return body.length === this.bytes ? this.decode(body) : undefined;
  }
}

function write(view: DataView, at: number, type: FieldType, value: number): void {
  switch (type) {
    case 'u8':
      return view.setUint8(at, value);
    case 'u16':
      return view.setUint16(at, value, true);
    case 'u32':
      return view.setUint32(at, value, true);
    case 'i32':
      return view.setInt32(at, value, true);
    case 'u64':
      view.setUint32(at, value % 2 ** 32, true);
      return view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
  }
}

function read(view: DataView, at: number, type: FieldType): number {
  switch (type) {
    case 'u8':
      return view.getUint8(at);
    case 'u16':
      return view.getUint16(at, true);
    case 'u32':
      return view.getUint32(at, true);
    case 'i32':
      return view.getInt32(at, true);
    case 'u64':
      return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
  }
}
