// The bytes of a small WebAssembly module: one function on an imported memory; simulation process.

/** An integer in as few bytes as it takes (LEB128, signed). */
export function signedBytes(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left >>= 7) {
    const isLast = left >= -64 && left < 64;
    bytes.push((left & 0x7f) | (isLast ? 0 : 0x80));
    if (isLast) return bytes;
  }
}

/** The same for one that is not negative. */
export function unsignedBytes(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left >>>= 7) {
    bytes.push((left & 0x7f) | (left < 0x80 ? 0 : 0x80));
    if (left < 0x80) return bytes;
  }
}

const types = { i32: 0x7f, v128: 0x7b } as const;

export interface WasmFunction {
  /** Of type i32; the result too. */
  readonly parameters: number;
  readonly integers: number;
  readonly vectors: number;
  readonly code: readonly number[];
}

const sized = (bytes: readonly number[]) => [...unsignedBytes(bytes.length), ...bytes];
const named = (text: string) => sized([...new TextEncoder().encode(text)]);
const section = (id: number, entries: readonly (readonly number[])[]) => [
  id,
  ...sized([...unsignedBytes(entries.length), ...entries.flat()]),
];

/** @returns a module that exports `step` and imports `memory` of `environment`. */
export function wasmModule({ parameters, integers, vectors, code }: WasmFunction): Uint8Array<ArrayBuffer> {
  const signature = [0x60, ...sized(Array<number>(parameters).fill(types.i32)), ...sized([types.i32])];
  const memory = [...named('environment'), ...named('memory'), 0x02, 0x00, ...unsignedBytes(0)];
  const locals = [2, ...unsignedBytes(integers), types.i32, ...unsignedBytes(vectors), types.v128];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [signature]),
    ...section(2, [memory]),
    ...section(3, [[0x00]]),
    ...section(7, [[...named('step'), 0x00, 0x00]]),
    ...section(10, [sized([...locals, ...code, opcodes.end])]),
  ]);
}

/** Those that are used here (WebAssembly 2.0, §5.4). */
export const opcodes = {
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  branchIf: 0x0d,
  choose: 0x1b,
  get: 0x20,
  set: 0x21,
  tee: 0x22,
  load: 0x28,
  store: 0x36,
  constant: 0x41,
  isBelow: 0x49,
  countTrailingZeros: 0x68,
  countOnes: 0x69,
  add: 0x6a,
  subtract: 0x6b,
  and: 0x71,
  shiftLeft: 0x74,
  shiftRight: 0x76,
} as const;

/** Of four lanes of 32 bits each; behind the prefix 0xfd. */
export const vectorOpcodes = {
  load: 0x00,
  store: 0x0b,
  constant: 0x0c,
  splat: 0x11,
  extractLane: 0x1b,
  replaceLane: 0x1c,
  differs: 0x38,
  isBelow: 0x39,
  isAtMost: 0x3d,
  not: 0x4d,
  and: 0x4e,
  or: 0x50,
  xor: 0x51,
  select: 0x52,
  bitmask: 0xa4,
  shiftLeft: 0xab,
  shiftRight: 0xac,
  shiftRightLogical: 0xad,
  add: 0xae,
  subtract: 0xb1,
  multiply: 0xb5,
  min: 0xb6,
  max: 0xb8,
} as const;
