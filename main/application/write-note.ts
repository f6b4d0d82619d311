// Writes a note on a session, and into the station's audit log that it was written: a note that is taken away is missed. Main thread.
import type { ReviewNote } from '../../common/contract/review.ts';
import { addNote } from '../library/session-notes.ts';
import type { Rig } from '../rig/start-rig.ts';
import { isoWithOffset } from './session-time.ts';

export interface NoteSurroundings {
  noteInAudit: Rig['noteInAudit'];
  /** Something was written into a session's folder. */
  onWritten(folder: string): void;
  /** Tells the operator what went wrong beside what was asked. */
  warn(text: string): void;
}

/** @param session UUID. @throws Error of the file system */
export async function writeNote(
  folder: string,
  session: string,
  draft: Omit<ReviewNote, 'number' | 'writtenAt'>,
  { noteInAudit, onWritten, warn }: NoteSurroundings,
): Promise<ReviewNote> {
  const { note, hash } = await addNote(folder, { ...draft, writtenAt: isoWithOffset(new Date()) });
  onWritten(folder);
  const detail = { session, number: note.number, sha256: hash };
  const entry = await noteInAudit('session-note', detail, note.author);
  if (typeof entry === 'string') warn(`The note was written, but the audit log does not say so: ${entry}.`);
  return note;
}
