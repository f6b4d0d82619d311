// Whether a session is what was recorded, as far as its own folder tells; analysis process.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AuditProblem } from '../../common/audit/audit-problem.ts';
import { JournalCheck } from '../../common/audit/check-journal.ts';
import { checkSeal, closingWords } from '../../common/audit/check-seal.ts';
import { checkSession } from '../../common/audit/check-session.ts';
import { journalFileName, sessionFileName } from '../../common/journal/session-documents.ts';
import { manifestFileName } from '../../common/journal/session-manifest.ts';
import { digestFiles } from '../digest-files.ts';
import type { JobOptions } from '../progress.ts';
import { verifySignature } from '../verify-signature.ts';

export interface CheckedFiles {
  /** Records of the journal whose checksum holds. */
  records: number;
  requests: number;
  permits: number;
  deliveries: number;
  /** Entries of the station's audit log that the session names. */
  marks: number;
  /** How the session ended, and what its signed manifest says, in words. */
  ended: string;
  manifest: string;
  problems: AuditProblem[];
}

/** Reads every file that the manifest could name, once. @throws AnalysisFailure, Error of the file system; the reason of `signal` */
export async function checkFiles(folder: string, options: JobOptions): Promise<CheckedFiles> {
  const [journal, document, manifest] = [journalFileName, sessionFileName, manifestFileName].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const problems: AuditProblem[] = [];
  const check = new JournalCheck(journal, crc32, problems);
  const { session, files } = await digestFiles(folder, options, (name, chunk) => {
    if (name === journalFileName) check.take(chunk);
  });
  check.finish();
  const text = await textOf(document);
  const marks = checkSession(text, check.order, { document, journal }, problems).length;
  const { closing, counts } = check.order;
  // A session of another station may be reported here: its manifest is signed with that station's key.
  const around = { session, closing, digests: files, stationKey: undefined, verifySignature };
  const seal = checkSeal(await textOf(manifest), manifest, around);
  problems.push(...seal.problems);
  const ended = closingWords(closing);
  return { records: check.frames, ...counts, marks, ended, manifest: seal.words, problems };
}

/** Undefined when there is no such file. */
async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
