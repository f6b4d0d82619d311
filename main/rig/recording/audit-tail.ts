// Finds where the audit log ends, and sets aside what a kill or a power cut has torn there. Recorder thread.
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AuditDetail } from '../../../common/audit/audit-entry.ts';
import { ChainCheck, type ChainFunctions, logBeginning } from '../../../common/audit/check-chain.ts';
import { linesOf, segmentName, segmentNumbers } from '../../../common/audit/segment.ts';
import type { AuditMark } from '../../../common/journal/session-documents.ts';

const lineFeed = 0x0a;

export interface AuditTail {
  /** The newest entry; of an empty log what the first one follows. */
  readonly newest: AuditMark;
  /** Number of the newest segment; 0: there is none. */
  readonly segment: number;
  /** Detail of the correction that a torn end needs and has not got yet. */
  readonly torn: AuditDetail | undefined;
}

/**
 * Checks the newest segment that holds an entry. To be called with the lock held.
 * @throws Error of the file system, or one that names the line which is damaged.
 */
export function openAuditTail(folder: string, functions: ChainFunctions): AuditTail {
  const numbers = segmentNumbers(readdirSync(folder));
  const segment = numbers.at(-1) ?? 0;
  const end = segment === 0 ? undefined : readEnd(join(folder, segmentName(segment)));
  let newest = logBeginning;
  for (const number of numbers.reverse()) {
    const name = segmentName(number);
    const bytes = number === segment && end !== undefined ? end.whole : readFileSync(join(folder, name));
    if (bytes.length === 0) continue;
    newest = newestEntry(name, bytes, functions);
    break;
  }
  const tornFile = `torn-${String(newest.seq + 1).padStart(6, '0')}.txt`;
  if (end !== undefined && end.torn.length > 0) setAside(join(folder, tornFile), end);
  return { newest, segment, torn: describeTorn(folder, tornFile) };
}

interface SegmentEnd {
  readonly path: string;
  readonly whole: Uint8Array;
  readonly torn: Uint8Array;
}

/** An entry ends with a line feed and holds no zero byte: a power cut leaves zeros where data had not reached the disk. */
function readEnd(path: string): SegmentEnd {
  const bytes = readFileSync(path);
  const zero = bytes.indexOf(0);
  const wholeBytes = bytes.subarray(0, zero < 0 ? bytes.length : zero).lastIndexOf(lineFeed) + 1;
  return { path, whole: bytes.subarray(0, wholeBytes), torn: bytes.subarray(wholeBytes) };
}

function newestEntry(name: string, bytes: Uint8Array, functions: ChainFunctions): AuditMark {
  const chain = new ChainCheck(functions, 'any entry');
  for (const { line, text } of linesOf(name, [bytes])) chain.take(text ?? '', `${name}:${line}`);
  const [problem] = chain.problems;
  if (problem !== undefined || chain.last === undefined)
    throw new Error(
      `the audit log is damaged at ${problem?.where ?? name}: ${problem?.what ?? 'no entry'}. Keep it: move the folder audit of the station away, and find out who changed it`,
    );
  return { seq: chain.last.seq, hash: chain.last.hash };
}

/** Copied first, cut off then: killed in between, the copy holds it twice and nothing is lost. */
function setAside(tornPath: string, { path, whole, torn }: SegmentEnd): void {
  change(tornPath, 'a', (descriptor) => {
    for (let at = 0; at < torn.length;) at += writeSync(descriptor, torn, at);
  });
  change(path, 'r+', (descriptor) => ftruncateSync(descriptor, whole.length));
}

/** The change is on disk for good when this returns. */
function change(path: string, flags: string, act: (descriptor: number) => void): void {
  const descriptor = openSync(path, flags, 0o600);
  try {
    act(descriptor);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The file bears the number that its correction will have: as long as the log ends before it, the correction is due. */
function describeTorn(folder: string, file: string): AuditDetail | undefined {
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  return {
    what: 'the end of the log was torn and has been set aside',
    file,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
