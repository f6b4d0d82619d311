// Whether a session is what was recorded, as far as its own folder tells; analysis process.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AuditProblem } from '../../common/audit/audit-problem.ts';
import { JournalCheck } from '../../common/audit/check-journal.ts';
import { checkSession } from '../../common/audit/check-session.ts';
import { sessionFileName } from '../../common/journal/session-documents.ts';
import { journalFile } from '../journal/session-folder.ts';

const chunkBytes = 1024 * 1024;

export interface CheckedFiles {
  /** Records of the journal whose checksum holds. */
  records: number;
  requests: number;
  permits: number;
  deliveries: number;
  /** Entries of the station's audit log that the session names. */
  marks: number;
  problems: AuditProblem[];
}

/** Reads the journal once. @throws Error of the file system; the reason of `signal` */
export async function checkFiles(
  folder: string,
  { onProgress, signal }: { onProgress: (fraction: number) => void; signal?: AbortSignal | undefined },
): Promise<CheckedFiles> {
  const [journal, document] = [journalFile(folder), join(folder, sessionFileName)];
  const problems: AuditProblem[] = [];
  const check = new JournalCheck(journal, crc32, problems);
  const handle = await open(journal, 'r');
  try {
    const { size } = await handle.stat();
    const buffer = new Uint8Array(chunkBytes);
    let done = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes);
      if (bytesRead === 0) break;
      check.take(buffer.subarray(0, bytesRead));
      onProgress((done += bytesRead) / size);
    }
  } finally {
    await handle.close();
  }
  check.finish();
  const text = await readFile(document, 'utf8').catch(() => undefined);
  const marks = checkSession(text, check.order, { document, journal }, problems).length;
  return { records: check.frames, ...check.order.counts, marks, problems };
}
