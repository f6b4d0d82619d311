// Segments of the audit log: their names, and their lines as they lie on disk; used in every process.

/** A segment is closed before it grows beyond this. */
export const segmentMaxBytes = 8 * 1024 * 1024;
/** Longest line that is written, and that a reader takes for one. */
export const lineMaxBytes = 1024 * 1024;

const lineFeed = 0x0a;

/** "000001.jsonl": the names sort as the numbers do up to a million. */
export function segmentName(number: number): string {
  return `${String(number).padStart(6, '0')}.jsonl`;
}

/** @returns the numbers of the segments among some file names, in order. */
export function segmentNumbers(names: readonly string[]): number[] {
  return names
    .filter((name) => name === segmentName(Number.parseInt(name, 10)))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
}

export interface SegmentLine {
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
  /** Without its line feed; undefined when it is not UTF-8 or longer than `lineMaxBytes`. */
  readonly text: string | undefined;
  /** Whether a line feed ends it. */
  readonly isWhole: boolean;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > lineMaxBytes) return undefined;
  try {
    // Not "repaired": a byte that became another must not read as the same text.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The lines of a segment, in bounded memory. @param chunks its bytes in order, in pieces of any size. */
export function* linesOf(file: string, chunks: Iterable<Uint8Array>): Generator<SegmentLine> {
  let line = 1;
  let begun: Uint8Array = new Uint8Array(0);
  for (const chunk of chunks) {
    let at = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, at)) {
      yield { file, line: line++, text: textOf(joined(begun, chunk.subarray(at, end))), isWhole: true };
      begun = begun.subarray(0, 0);
      at = end + 1;
    }
    // Of a line that is too long only so much is kept as shows that it is.
    begun = joined(begun, chunk.slice(at)).subarray(0, lineMaxBytes + 1);
  }
  if (begun.length > 0) yield { file, line, text: textOf(begun), isWhole: false };
}
