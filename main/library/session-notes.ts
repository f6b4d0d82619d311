// Notes on a session that are written after it: a chain of lines beside the journal that is only added to. Main process.
import { join } from 'node:path';
import type { ReviewNote, ReviewNotes } from '../../common/contract/review.ts';
import { noteLines, notesFileName } from '../../common/journal/session-annotations.ts';
import { addChained, readChained } from './chained-file.ts';

/** @throws Error of the file system, but for a file that is not there. */
export async function readNotes(folder: string): Promise<ReviewNotes> {
  const { lines, problems } = await readChained(join(folder, notesFileName), noteLines);
  return { notes: lines, problems };
}

/** Appends a note; it is on disk for good when this resolves. @throws Error of the file system. */
export function addNote(folder: string, draft: Omit<ReviewNote, 'number'>): Promise<ReviewNote> {
  return addChained(join(folder, notesFileName), noteLines, (notes) => ({
    number: Math.max(0, ...notes.map(({ number }) => number)) + 1,
    ...draft,
  }));
}
