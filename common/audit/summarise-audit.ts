// Verifies a whole audit log: segments, chain, signatures, torn ends and the marks that lie in recordings; used in every process that can reach the files.
import type { AuditMark } from '../journal/session-documents.ts';
import type { AuditEntry } from './audit-entry.ts';
import { type AuditFiles, auditLines } from './audit-files.ts';
import type { AuditProblem } from './audit-problem.ts';
import { ChainCheck, type ChainFunctions } from './check-chain.ts';
import { LastState } from './last-state.ts';
import { type SegmentLine, segmentName, segmentNumbers } from './segment.ts';

export interface SummariseTools extends ChainFunctions {
  /** Lower-case hexadecimal SHA-256 of bytes that come in pieces. */
  sha256OfBytes(chunks: Iterable<Uint8Array>): string;
}

/** A mark, and where it was found. */
export interface PlacedMark {
  readonly where: string;
  readonly mark: AuditMark;
}

/** A note on a session, as the log names it. */
export interface NamedNote {
  readonly number: number;
  /** Of its line. */
  readonly sha256: string;
}

export interface SummariseOptions {
  /** Public key of the station, Base64; without it only the log's own word is known. */
  readonly stationKey?: string | undefined;
  /** From recordings: a second place, by which a log that was cut or replaced is found. */
  readonly marks?: readonly PlacedMark[];
  /** Before a start, which sets a torn end aside: then it is no problem yet. */
  readonly isBeforeStart?: boolean;
}

export interface AuditSummary {
  /** Genuine ones. */
  readonly entries: number;
  readonly segments: number;
  /** Starts of the program. */
  readonly starts: number;
  /** Checkpoints whose signature holds. */
  readonly checkpoints: number;
  /** Public keys that signed, Base64, oldest first. */
  readonly keys: readonly string[];
  /** Entries that no checkpoint covers yet. */
  readonly unsigned: number;
  /** Ends that a kill tore, kept beside the log. */
  readonly tornEnds: number;
  readonly last: AuditEntry | undefined;
  /** The newest note on each session, by the session's UUID. */
  readonly newestNotes: ReadonlyMap<string, NamedNote>;
  readonly lastState: LastState;
  /** The first line where something is wrong. */
  readonly brokenAt: { readonly file: string; readonly line: number } | undefined;
  readonly problems: readonly AuditProblem[];
}

const compare = 'Keep the log as it is, compare it with a copy, and find out who changed it; see docs/audit-log.md';
const putBack = 'Put the file back from a copy';

/** Reads the log once. @throws Error of the file system */
export function summariseAudit(
  files: AuditFiles,
  tools: SummariseTools,
  { stationKey, marks = [], isBeforeStart = false }: SummariseOptions = {},
): AuditSummary {
  const chain = new ChainCheck(tools);
  const lastState = new LastState();
  const problems = missingSegments(files);
  const boots = new Set<string>();
  const hashes = new Map<number, string | undefined>(marks.map(({ mark }) => [mark.seq, undefined]));
  let brokenAt: AuditSummary['brokenAt'];
  const newestNotes = new Map<string, NamedNote>();
  let tornEnds = 0;
  for (const line of auditLines(files)) {
    if (isBeforeStart && !line.isWhole) continue;
    const before = chain.problems.length;
    const where = `${line.file}:${line.line}`;
    const entry = takeLine(chain, line, where);
    if (entry !== undefined) {
      lastState.take(entry);
      boots.add(entry.boot);
      noteNamed(entry, newestNotes);
      if (hashes.has(entry.seq)) hashes.set(entry.seq, entry.hash);
      if (isTornEnd(entry)) {
        tornEnds++;
        problems.push(...tornEndProblems(entry, where, files, tools));
      }
    }
    const found = chain.problems
      .slice(before)
      .map(({ what }) => ({ where, what, cure: line.isWhole ? compare : startAgain }));
    if (found.length > 0) brokenAt ??= { file: line.file, line: line.line };
    problems.push(...found);
  }
  const { entries, checkpoints, keys, unsigned, last } = chain;
  problems.push(
    ...foreignKey(keys.at(-1), stationKey),
    ...marks.flatMap((placed) => markProblems(placed, hashes, last)),
  );
  const segments = segmentNumbers(files.names()).length;
  return {
    entries,
    segments,
    starts: boots.size,
    checkpoints,
    keys,
    unsigned,
    tornEnds,
    last,
    newestNotes,
    lastState,
    brokenAt,
    problems,
  };
}

const startAgain =
  'While Exocortex runs, verify again. After a kill or a power cut start Exocortex once: it sets the torn end aside';

function takeLine(chain: ChainCheck, { text, isWhole }: SegmentLine, where: string): AuditEntry | undefined {
  if (isWhole && text !== undefined) return chain.take(text, where);
  chain.passOver(where, isWhole ? 'this is not an entry of an audit log' : 'the file ends inside an entry');
  return undefined;
}

/** Segments are numbered from 1 on without a gap. */
function missingSegments(files: AuditFiles): AuditProblem[] {
  const problems: AuditProblem[] = [];
  let expected = 1;
  for (const number of segmentNumbers(files.names())) {
    const [first, last] = [segmentName(expected), segmentName(number - 1)];
    if (number > expected)
      problems.push({
        where: first,
        what: first === last ? 'this segment is missing' : `the segments from here to ${last} are missing`,
        cure: putBack,
      });
    expected = number + 1;
  }
  return problems;
}

function noteNamed({ event, detail }: AuditEntry, newest: Map<string, NamedNote>): void {
  const { session, number, sha256 } = detail;
  if (event === 'session-note' && typeof session === 'string' && typeof number === 'number')
    newest.set(session, { number, sha256: String(sha256) });
}

/** A correction that sets a torn end aside names its file and the hash of what is in it. */
function isTornEnd({ event, detail }: AuditEntry): boolean {
  return event === 'correction' && typeof detail['file'] === 'string';
}

function tornEndProblems(
  { detail }: AuditEntry,
  where: string,
  files: AuditFiles,
  { sha256OfBytes }: SummariseTools,
): AuditProblem[] {
  const file = String(detail['file']);
  if (!files.names().includes(file))
    return [{ where, what: `${file}, a torn end that was set aside, is missing`, cure: putBack }];
  return sha256OfBytes(files.read(file)) === detail['sha256']
    ? []
    : [{ where, what: `${file} is not what was set aside`, cure: putBack }];
}

function foreignKey(newest: string | undefined, stationKey: string | undefined): AuditProblem[] {
  if (newest === undefined || stationKey === undefined || newest === stationKey) return [];
  return [{ where: 'the newest checkpoint', what: 'it was not signed with the key of this station', cure: compare }];
}

function markProblems(
  { where, mark }: PlacedMark,
  hashes: ReadonlyMap<number, string | undefined>,
  last: AuditEntry | undefined,
): AuditProblem[] {
  const found = hashes.get(mark.seq);
  if (found === mark.hash) return [];
  const newest = last?.seq ?? 0;
  const what =
    found !== undefined
      ? `entry ${mark.seq} of the log is another one: the log was replaced, or it is another station’s`
      : mark.seq > newest
        ? `entry ${mark.seq} is not in the log, which ends with entry ${newest}: it was cut, or it is another station’s`
        : `entry ${mark.seq} is not in the log, or was changed there`;
  return [
    {
      where,
      what,
      cure: 'Name the folder of the station that recorded this session; if it is this one, look for a copy of its log',
    },
  ];
}
