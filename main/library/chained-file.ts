// Reads and adds to a file of chained lines. Main process.
import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import type { ChainedLines, ChainedText } from '../../common/journal/chained-lines.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** @returns no lines for a file that is not there. @throws Error of the file system */
export async function readChained<T extends object>(file: string, lines: ChainedLines<T>): Promise<ChainedText<T>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return lines.read(file, text, sha256);
}

/** Appends what `compose` makes of the lines that are there; it is on disk for good when this resolves. @returns it, and the hash of its line. @throws Error of the file system */
export async function addChained<T extends object, A extends T>(
  file: string,
  lines: ChainedLines<T>,
  compose: (lines: readonly T[]) => A,
): Promise<{ added: A; hash: string }> {
  const read = await readChained(file, lines);
  const added = compose(read.lines);
  const { text, hash } = lines.next(read, added, sha256);
  const opened = await open(file, 'a', 0o644);
  try {
    await opened.appendFile(text);
    await opened.sync();
  } finally {
    await opened.close();
  }
  return { added, hash };
}
