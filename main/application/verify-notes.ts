// Verifies the notes on one session and the signatures among them. Main process.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signaturesOf } from '../../common/contract/review.ts';
import type { AuditProblem } from '../../common/audit/audit-problem.ts';
import type { NamedNote, PlacedMark } from '../../common/audit/summarise-audit.ts';
import { noteLines, notesFileName } from '../../common/journal/session-annotations.ts';
import { auditTools } from './audit-on-disk.ts';

export interface VerifiedNotes {
  /** Hashes of the lines by the numbers of their notes. */
  readonly hashes: ReadonlyMap<number, string>;
  readonly signOffs: number;
  readonly marks: readonly PlacedMark[];
  readonly problems: readonly AuditProblem[];
}

const { sha256 } = auditTools;
const putBack = 'Put the file back from a copy; what was written after it must be written again';

/** @param manifest text of the session's manifest. @throws Error of the file system */
export function verifyNotes(folder: string, manifest: string | undefined): VerifiedNotes {
  const file = join(folder, notesFileName);
  const { lines, problems, hashes } = noteLines.read(file, existsSync(file) ? readFileSync(file, 'utf8') : '', sha256);
  const found: AuditProblem[] = problems.map((problem) => ({ ...problem, cure: putBack }));
  const manifestHash = manifest === undefined ? undefined : sha256(manifest);
  const marks: PlacedMark[] = [];
  const signed = signaturesOf(lines);
  for (const { number, author, signOff } of signed) {
    const where = `${file}, note ${number}`;
    marks.push({ where, mark: signOff.audit });
    if (signOff.manifest !== manifestHash)
      found.push({
        where,
        what: `the files were sealed again after ${author} had signed them off`,
        cure: 'Look at what was added, and have the session signed off again',
      });
  }
  const byNumber = new Map(lines.map(({ number }, index) => [number, hashes[index]!]));
  return { hashes: byNumber, signOffs: signed.length, marks, problems: found };
}

/** @param named the newest note that the audit log names. @returns what is wrong when the file does not hold it. */
export function missingNote(folder: string, hashes: ReadonlyMap<number, string>, named: NamedNote): AuditProblem[] {
  if (hashes.get(named.number) === named.sha256) return [];
  const what = `note ${named.number}, which the audit log names, is not in the file as it was written`;
  return [{ where: join(folder, notesFileName), what, cure: putBack }];
}
