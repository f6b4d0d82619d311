// Notes on a session that are written after it: a chain of lines beside the journal that is only added to. Main process.
import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../common/base/canonical-json.ts';
import { type ReviewNote, signOffVerdicts } from '../../common/contract/review.ts';

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
  signOff: z
    .strictObject({
      verdict: z.enum(signOffVerdicts),
      manifest: z.string(),
      audit: z.strictObject({ seq: z.int(), hash: z.string() }),
    })
    .optional(),
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

export interface ParsedNotes {
  notes: ReviewNote[];
  /** `where`: file and line. */
  wrong: { where: string; what: string }[];
  /** Hash of the newest line that can be read; zeros without one. */
  newest: string;
  /** Hashes of the lines by the numbers of their notes. */
  hashes: Map<number, string>;
  endsWhole: boolean;
}

/** @param text of the whole file, '' when there is none @param file its name in what is wrong */
export function parseNotes(text: string, file: string): ParsedNotes {
  const endsWhole = text === '' || text.endsWith('\n');
  const read: ParsedNotes = { notes: [], wrong: [], newest: noLine, hashes: new Map(), endsWhole };
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const parsed = parseLine(line);
    const where = `${file}:${index + 1}`;
    if (parsed === undefined) {
      read.wrong.push({ where, what: 'cannot be read: it was torn or changed' });
      continue;
    }
    const { hash, ...content } = parsed;
    if (hashOf(content) !== hash) read.wrong.push({ where, what: 'was changed after it was written' });
    else if (content.prev !== read.newest)
      read.wrong.push({ where, what: 'does not follow the line before it: a line was taken away or put in' });
    const { prev: _prev, withdraws, signOff, ...note } = content;
    read.notes.push({
      ...note,
      ...(withdraws === undefined ? {} : { withdraws }),
      ...(signOff === undefined ? {} : { signOff }),
    });
    read.hashes.set(note.number, hash);
    read.newest = hash;
  }
  return read;
}

/** @throws Error of the file system, but for a file that is not there. */
export async function readNotes(folder: string): Promise<ParsedNotes> {
  const file = join(folder, notesFileName);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return parseNotes(text, file);
}

export interface AddedNote {
  note: ReviewNote;
  /** Of its line. */
  hash: string;
}

/** Appends a note; it is on disk for good when this resolves. @throws Error of the file system. */
export async function addNote(folder: string, draft: Omit<ReviewNote, 'number'>): Promise<AddedNote> {
  const { notes, newest, endsWhole } = await readNotes(folder);
  const note: ReviewNote = { number: Math.max(0, ...notes.map(({ number }) => number)) + 1, ...draft };
  const content = { ...note, prev: newest };
  const hash = hashOf(content);
  const line = canonicalJson({ ...content, hash });
  const file = await open(join(folder, notesFileName), 'a', 0o644);
  try {
    // A torn line stays as it is, by itself.
    await file.appendFile(`${endsWhole ? '' : '\n'}${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return { note, hash };
}
