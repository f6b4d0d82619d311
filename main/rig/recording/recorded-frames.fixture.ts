// What the program that is killed while it records writes: every byte of a frame follows from its number; tests only.

/** @returns the content of a frame: up to 20 kB, of another length each time */
export function frameContent(sequence: number): Uint8Array {
  const mixed = Math.imul(sequence + 1, 0x9e3779b1) >>> 0;
  return Uint8Array.from({ length: mixed % 20_000 }, (_, at) => (mixed >>> (at % 24)) + at);
}
