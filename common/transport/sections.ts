// A message of JSON and typed arrays in one block of bytes: the live stream's envelope in every process.

const arrayTypes = { Int16Array, Uint16Array, Uint32Array, Float32Array, Float64Array } as const;
type ArrayType = keyof typeof arrayTypes;
export type SectionArray = Int16Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

interface SectionEntry {
  name: string;
  type: ArrayType;
  at: number;
  length: number;
}

const align = (at: number) => (at + 7) & ~7;

/** Packs `header` and `arrays`: u32 length of the JSON, the JSON, then each array on a multiple of eight bytes. Little-endian machines only. */
export function packSections<A extends { [K in keyof A]: SectionArray }>(header: object, arrays: A): Uint8Array {
  const entries: SectionEntry[] = [];
  let bodyBytes = 0;
  for (const [name, array] of Object.entries(arrays) as [string, SectionArray][]) {
    entries.push({ name, type: array.constructor.name as ArrayType, at: bodyBytes, length: array.length });
    bodyBytes = align(bodyBytes + array.byteLength);
  }
  const json = new TextEncoder().encode(JSON.stringify({ header, sections: entries }));
  const bodyAt = align(4 + json.length);
  const bytes = new Uint8Array(bodyAt + bodyBytes);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  for (const entry of entries) {
    const array = arrays[entry.name as keyof A];
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), bodyAt + entry.at);
  }
  return bytes;
}

/** Opens what `packSections` made. The arrays are views into a copy when `bytes` is not aligned, else into `bytes`. */
export function unpackSections<H, A>(bytes: Uint8Array): { header: H; arrays: A } {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const jsonBytes = new DataView(aligned.buffer, aligned.byteOffset).getUint32(0, true);
  const { header, sections } = JSON.parse(new TextDecoder().decode(aligned.subarray(4, 4 + jsonBytes))) as {
    header: H;
    sections: SectionEntry[];
  };
  const bodyAt = aligned.byteOffset + align(4 + jsonBytes);
  const arrays: Record<string, SectionArray> = {};
  for (const { name, type, at, length } of sections)
    arrays[name] = new arrayTypes[type](aligned.buffer as ArrayBuffer, bodyAt + at, length);
  return { header, arrays: arrays as A };
}
