// Verifies one session for `exocortex verify`: journal, order of its records, session.json, manifest, notes. Main process of the plain-Node shell.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AuditProblem } from '../../../../common/audit/audit-problem.ts';
import { JournalCheck } from '../../../../common/audit/check-journal.ts';
import { checkSeal, closingWords } from '../../../../common/audit/check-seal.ts';
import { checkSession } from '../../../../common/audit/check-session.ts';
import type { PlacedMark } from '../../../../common/audit/summarise-audit.ts';
import { journalFileName, type SessionClosing, sessionFileName } from '../../../../common/journal/session-documents.ts';
import { type FileDigest, isSealed, manifestFileName } from '../../../../common/journal/session-manifest.ts';
import { auditTools, chunksOf } from '../../../application/audit-on-disk.ts';
import { verifyNotes } from '../../../application/verify-notes.ts';

export interface VerifiedSession {
  readonly folder: string;
  /** Records of the journal whose checksum holds. */
  readonly records: number;
  readonly requests: number;
  readonly permits: number;
  readonly deliveries: number;
  /** Files that the manifest names; undefined: there is no manifest that holds. */
  readonly sealedFiles: number | undefined;
  /** Files that a manifest would name and none does. */
  readonly unsignedFiles: readonly string[];
  readonly sealWords: string;
  /** Why it ended; undefined: it was not closed. */
  readonly closed: SessionClosing['reason'] | undefined;
  readonly closedWords: string;
  /** UUID; undefined: nothing tells it. */
  readonly session: string | undefined;
  /** Hashes of the notes by their numbers. */
  readonly notes: ReadonlyMap<number, string>;
  readonly signOffs: number;
  /** Marks of the audit log, to be looked for in it. */
  readonly marks: readonly PlacedMark[];
  readonly problems: readonly AuditProblem[];
}

/** Reads every file once, in bounded memory. @param stationKey public, Base64. @throws Error of the file system */
export function verifySession(folder: string, stationKey: string | undefined): VerifiedSession {
  const [journal, document] = [join(folder, journalFileName), join(folder, sessionFileName)];
  const problems: AuditProblem[] = [];
  const check = new JournalCheck(journal, crc32, problems);
  const digests = readdirSync(folder)
    .filter(isSealed)
    .map((name) => digest(folder, name, name === journalFileName ? (chunk) => check.take(chunk) : () => {}));
  if (existsSync(journal)) check.finish();
  else problems.push({ where: journal, what: 'the journal is missing', cure: 'Put the file back from a copy' });
  const text = existsSync(document) ? readFileSync(document, 'utf8') : undefined;
  const marks = checkSession(text, check.order, { document, journal }, problems);
  const { opening, closing, counts } = check.order;
  const manifest = join(folder, manifestFileName);
  const manifestText = existsSync(manifest) ? readFileSync(manifest, 'utf8') : undefined;
  const { verifySignature } = auditTools;
  const around = { session: opening?.session, closing, digests, stationKey, verifySignature };
  const seal = checkSeal(manifestText, manifest, around);
  problems.push(...seal.problems);
  if (seal.manifest !== undefined) marks.push({ where: manifest, mark: seal.manifest.audit });
  const notes = verifyNotes(folder, manifestText);
  problems.push(...notes.problems);
  marks.push(...notes.marks);
  return {
    folder,
    session: opening?.session,
    records: check.frames,
    ...counts,
    closed: closing?.reason,
    closedWords: closingWords(closing),
    sealedFiles: seal.manifest?.files.length,
    unsignedFiles: seal.unsigned,
    sealWords: seal.words,
    notes: notes.hashes,
    signOffs: notes.signOffs,
    marks,
    problems,
  };
}

function digest(folder: string, name: string, take: (chunk: Uint8Array) => void): FileDigest {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const chunk of chunksOf(join(folder, name))) {
    take(chunk);
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { name, bytes, sha256: hash.digest('hex') };
}
