// Fixed binary layouts declared as tables, little-endian; used wherever bytes are written or read.

/** 'u64' holds integers up to 2⁵³−1 only, 'i64' from −(2⁵³−1) on: two's complement. */
export type FieldType = 'f64' | 'f32' | 'i32' | 'i64' | 'u64' | 'u32' | 'u16' | 'u8';
/** The table of a layout. */
export type Fields = Readonly<Record<string, FieldType>>;
/** The values of a layout: every field is a number. */
export type StructValue<F extends Fields> = { [K in keyof F]: number };

const fieldBytes: Record<FieldType, number> = { f64: 8, f32: 4, i32: 4, i64: 8, u64: 8, u32: 4, u16: 2, u8: 1 };

const writers: Record<FieldType, (view: DataView, at: number, value: number) => void> = {
  f64: (view, at, value) => view.setFloat64(at, value, true),
  f32: (view, at, value) => view.setFloat32(at, value, true),
  i32: (view, at, value) => view.setInt32(at, value, true),
  i64(view, at, value) {
    view.setUint32(at, ((value % 2 ** 32) + 2 ** 32) % 2 ** 32, true);
    view.setInt32(at + 4, Math.floor(value / 2 ** 32), true);
  },
  u64(view, at, value) {
    view.setUint32(at, value % 2 ** 32, true);
    view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
  },
  u32: (view, at, value) => view.setUint32(at, value, true),
  u16: (view, at, value) => view.setUint16(at, value, true),
  u8: (view, at, value) => view.setUint8(at, value),
};

const readers: Record<FieldType, (view: DataView, at: number) => number> = {
  f64: (view, at) => view.getFloat64(at, true),
  f32: (view, at) => view.getFloat32(at, true),
  i32: (view, at) => view.getInt32(at, true),
  i64: (view, at) => view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true),
  u64: (view, at) => view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true),
  u32: (view, at) => view.getUint32(at, true),
  u16: (view, at) => view.getUint16(at, true),
  u8: (view, at) => view.getUint8(at),
};

/** A fixed layout without padding; fields follow each other in the order of declaration. */
export interface Struct<F extends Fields> {
  readonly bytes: number;
  write(view: DataView, at: number, value: StructValue<F>): void;
  read(view: DataView, at: number): StructValue<F>;
}

/** The values that a given layout reads and writes. */
export type ValueOf<S> = S extends Struct<infer F> ? StructValue<F> : never;

/** Builds a layout from its table of fields. */
export function struct<const F extends Fields>(fields: F): Struct<F> {
  let bytes = 0;
  const placed = Object.entries(fields).map(([name, type]) => {
    const at = bytes;
    bytes += fieldBytes[type];
    return { name: name as keyof F, at, write: writers[type], read: readers[type] };
  });
  return {
    bytes,
    write(view, at, value) {
      for (const field of placed) field.write(view, at + field.at, value[field.name]);
    },
    read(view, at) {
      const value = {} as StructValue<F>;
      for (const field of placed) value[field.name] = field.read(view, at + field.at);
      return value;
    },
  };
}
