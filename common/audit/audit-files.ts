// The files of an audit log as a reader needs them, and their lines; used in every process that can reach the files.
import { linesOf, type SegmentLine, segmentName, segmentNumbers } from './segment.ts';

export interface AuditFiles {
  names(): readonly string[];
  /** The bytes of a file in order, in pieces of any size. @throws Error of the file system */
  read(name: string): Iterable<Uint8Array>;
}

/** Every line of every segment, in order and in bounded memory. */
export function* auditLines(files: AuditFiles): Generator<SegmentLine> {
  for (const number of segmentNumbers(files.names())) {
    const name = segmentName(number);
    yield* linesOf(name, files.read(name));
  }
}
