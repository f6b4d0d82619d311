// Verifies one session for `exocortex verify`: journal, order of its records, session.json. Main process of the plain-Node shell.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AuditProblem } from '../../../../common/audit/audit-problem.ts';
import { JournalCheck } from '../../../../common/audit/check-journal.ts';
import { checkSession } from '../../../../common/audit/check-session.ts';
import type { PlacedMark } from '../../../../common/audit/summarise-audit.ts';
import { journalFileName, sessionFileName } from '../../../../common/journal/session-documents.ts';
import { chunksOf } from '../../../application/audit-on-disk.ts';

export interface VerifiedSession {
  readonly folder: string;
  /** Records of the journal whose checksum holds. */
  readonly records: number;
  readonly requests: number;
  readonly permits: number;
  readonly deliveries: number;
  /** Marks of the audit log, to be looked for in it. */
  readonly marks: readonly PlacedMark[];
  readonly problems: readonly AuditProblem[];
}

/** Reads the journal once, in bounded memory. @throws Error of the file system */
export function verifySession(folder: string): VerifiedSession {
  const [journal, document] = [join(folder, journalFileName), join(folder, sessionFileName)];
  const problems: AuditProblem[] = [];
  const check = new JournalCheck(journal, crc32, problems);
  if (existsSync(journal)) {
    for (const chunk of chunksOf(journal)) check.take(chunk);
    check.finish();
  } else problems.push({ where: journal, what: 'the journal is missing', cure: 'Put the file back from a copy' });
  const text = existsSync(document) ? readFileSync(document, 'utf8') : undefined;
  const marks = checkSession(text, check.order, { document, journal }, problems);
  return { folder, records: check.frames, ...check.order.counts, marks, problems };
}
