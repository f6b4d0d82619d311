// Verifies the notes on one session and the signatures among them. Main process.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditProblem } from '../../common/audit/audit-problem.ts';
import type { NamedNote, PlacedMark } from '../../common/audit/summarise-audit.ts';
import { notesFileName, parseNotes } from '../library/session-notes.ts';

export interface VerifiedNotes {
  /** Hashes of the lines by the numbers of their notes. */
  readonly hashes: ReadonlyMap<number, string>;
  readonly signOffs: number;
  readonly marks: readonly PlacedMark[];
  readonly problems: readonly AuditProblem[];
}

const putBack = 'Put the file back from a copy; what was written after it must be written again';

/** @param manifest text of the session's manifest. @throws Error of the file system */
export function verifyNotes(folder: string, manifest: string | undefined): VerifiedNotes {
  const file = join(folder, notesFileName);
  const { notes, wrong, hashes } = parseNotes(existsSync(file) ? readFileSync(file, 'utf8') : '', file);
  const found: AuditProblem[] = wrong.map((line) => ({ ...line, cure: putBack }));
  const sha256 = manifest === undefined ? undefined : createHash('sha256').update(manifest).digest('hex');
  const marks: PlacedMark[] = [];
  let signOffs = 0;
  for (const { number, author, signOff } of notes) {
    if (signOff === undefined) continue;
    signOffs++;
    const where = `${file}, note ${number}`;
    marks.push({ where, mark: signOff.audit });
    if (signOff.manifest !== sha256)
      found.push({
        where,
        what: `the files were sealed again after ${author} had signed them off`,
        cure: 'Look at what was added, and have the session signed off again',
      });
  }
  return { hashes, signOffs, marks, problems: found };
}

/** @param named the newest note that the audit log names. @returns what is wrong when the file does not hold it. */
export function missingNote(folder: string, hashes: ReadonlyMap<number, string>, named: NamedNote): AuditProblem[] {
  if (hashes.get(named.number) === named.sha256) return [];
  const what = `note ${named.number}, which the audit log names, is not in the file as it was written`;
  return [{ where: join(folder, notesFileName), what, cure: putBack }];
}
