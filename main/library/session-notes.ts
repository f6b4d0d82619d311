// Notes on a session that are written after it: a chain of lines beside the journal that is only added to. Main process.
import { join } from 'node:path';
import type { ReviewNote } from '../../common/contract/review.ts';
import type { ChainedText } from '../../common/journal/chained-lines.ts';
import { noteLines, notesFileName } from '../../common/journal/session-annotations.ts';
import { addChained, readChained } from './chained-file.ts';

/** @throws Error of the file system, but for a file that is not there. */
export function readNotes(folder: string): Promise<ChainedText<ReviewNote>> {
  return readChained(join(folder, notesFileName), noteLines);
}

/**
 * Appends a note; it is on disk for good when this resolves.
 * @returns it, and the hash of its line
 * @throws Error of the file system
 */
export async function addNote(
  folder: string,
  draft: Omit<ReviewNote, 'number'>,
): Promise<{ note: ReviewNote; hash: string }> {
  const { added, hash } = await addChained(join(folder, notesFileName), noteLines, (notes) => ({
    number: Math.max(0, ...notes.map(({ number }) => number)) + 1,
    ...draft,
  }));
  return { note: added, hash };
}
