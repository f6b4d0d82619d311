// Notes on a session that are written after it: a chain of lines beside the journal that is only added to. Main process.
import { join } from 'node:path';
import { z } from 'zod';
import type { ReviewNote, ReviewNotes } from '../../common/contract/review.ts';
import { ChainedLines } from './chained-lines.ts';

export const notesFileName = 'notes.jsonl';

const notesFile = new ChainedLines(
  z.strictObject({
    number: z.int().min(1),
    fromSeconds: z.number(),
    toSeconds: z.number(),
    label: z.string(),
    text: z.string(),
    author: z.string(),
    writtenAt: z.string(),
    withdraws: z.int().exactOptional(),
  }),
);

/** @throws Error of the file system, but for a file that is not there. */
export async function readNotes(folder: string): Promise<ReviewNotes> {
  const { lines, problems } = await notesFile.read(join(folder, notesFileName));
  return { notes: lines, problems };
}

/** Appends a note; it is on disk for good when this resolves. @throws Error of the file system. */
export function addNote(folder: string, draft: Omit<ReviewNote, 'number'>): Promise<ReviewNote> {
  return notesFile.add(join(folder, notesFileName), (notes) => ({
    number: Math.max(0, ...notes.map(({ number }) => number)) + 1,
    ...draft,
  }));
}
