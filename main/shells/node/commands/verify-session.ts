// Verifies one session for `exocortex verify`: journal, order of its records, session.json, manifest, notes. Main process of the plain-Node shell.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AuditProblem } from '../../../../common/audit/audit-problem.ts';
import { JournalCheck } from '../../../../common/audit/check-journal.ts';
import { checkManifest } from '../../../../common/audit/check-manifest.ts';
import { checkSession } from '../../../../common/audit/check-session.ts';
import type { PlacedMark } from '../../../../common/audit/summarise-audit.ts';
import { journalFileName, sessionFileName } from '../../../../common/journal/session-documents.ts';
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
  let sealedFiles: number | undefined;
  if (manifestText !== undefined) {
    const { verifySignature } = auditTools;
    const around = { session: opening?.session, digests, stationKey, verifySignature };
    const checked = checkManifest(manifestText, manifest, around);
    problems.push(...checked.problems);
    if (checked.manifest !== undefined) marks.push({ where: manifest, mark: checked.manifest.audit });
    sealedFiles = checked.manifest?.files.length;
  } else if (closing !== undefined)
    problems.push({
      where: manifest,
      what: 'the session ended orderly, but nothing says by a signature what its files held',
      cure: 'Put the manifest back from a copy; recovering the session in the program signs its files as they are now',
    });
  const notes = verifyNotes(folder, manifestText);
  problems.push(...notes.problems);
  marks.push(...notes.marks);
  return {
    folder,
    session: opening?.session,
    records: check.frames,
    ...counts,
    sealedFiles,
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
