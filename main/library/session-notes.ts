// Notes on a session that are written after it: a chain of lines beside the journal that is only added to. Main process.
import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../common/base/canonical-json.ts';
import type { ReviewNote, ReviewNotes } from '../../common/contract/review.ts';

export const notesFileName = 'notes.jsonl';

/** Without other keys: what a line says is all that its hash stands for. */
const lineSchema = z.strictObject({
  number: z.int().min(1),
  fromSeconds: z.number(),
  toSeconds: z.number(),
  label: z.string(),
  text: z.string(),
  author: z.string(),
  writtenAt: z.string(),
  withdraws: z.int().optional(),
  /** Hash of the line before; zeros in the first. */
  prev: z.string(),
  /** SHA-256 of the canonical form of everything else. */
  hash: z.string(),
});
type NoteLine = z.infer<typeof lineSchema>;

const noLine = '0'.repeat(64);
const hashOf = (line: Omit<NoteLine, 'hash'>) => createHash('sha256').update(canonicalJson(line)).digest('hex');

function parseLine(text: string): NoteLine | undefined {
  try {
    const parsed = lineSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

interface NotesFile extends ReviewNotes {
  /** Hash of the newest line that can be read. */
  newest: string;
  endsWhole: boolean;
}

async function readFileOfNotes(folder: string): Promise<NotesFile> {
  const file = join(folder, notesFileName);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const read: NotesFile = { notes: [], problems: [], newest: noLine, endsWhole: text === '' || text.endsWith('\n') };
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const parsed = parseLine(line);
    if (parsed === undefined) {
      read.problems.push(`${file}:${index + 1} cannot be read: it was torn or changed`);
      continue;
    }
    const { hash, ...content } = parsed;
    if (hashOf(content) !== hash) read.problems.push(`${file}:${index + 1} was changed after it was written`);
    else if (content.prev !== read.newest)
      read.problems.push(`${file}:${index + 1} does not follow the line before it: a line was taken away or put in`);
    const { prev: _prev, withdraws, ...note } = content;
    read.notes.push({ ...note, ...(withdraws === undefined ? {} : { withdraws }) });
    read.newest = hash;
  }
  return read;
}

/** @throws Error of the file system, but for a file that is not there. */
export async function readNotes(folder: string): Promise<ReviewNotes> {
  const { notes, problems } = await readFileOfNotes(folder);
  return { notes, problems };
}

/** Appends a note; it is on disk for good when this resolves. @throws Error of the file system. */
export async function addNote(folder: string, draft: Omit<ReviewNote, 'number'>): Promise<ReviewNote> {
  const { notes, newest, endsWhole } = await readFileOfNotes(folder);
  const note: ReviewNote = { number: Math.max(0, ...notes.map(({ number }) => number)) + 1, ...draft };
  const content = { ...note, prev: newest };
  const line = canonicalJson({ ...content, hash: hashOf(content) });
  const file = await open(join(folder, notesFileName), 'a', 0o644);
  try {
    // A torn line stays as it is, by itself.
    await file.appendFile(`${endsWhole ? '' : '\n'}${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return note;
}
