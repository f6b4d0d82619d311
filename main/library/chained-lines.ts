// A file of lines that is only added to: each line stands for the hash of the one before, so that a change is told. Main process.
import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { canonicalJson } from '../../common/base/canonical-json.ts';

/** What every line says beside its content. */
const links = {
  /** Hash of the line before; zeros in the first. */
  prev: z.string(),
  /** SHA-256 of the canonical form of everything else. */
  hash: z.string(),
};

const noLine = '0'.repeat(64);
const hashOf = (line: object) => createHash('sha256').update(canonicalJson(line)).digest('hex');

export interface ReadLines<T> {
  lines: T[];
  /** What is wrong with the file, in words. */
  problems: string[];
}

interface ChainedFile<T> extends ReadLines<T> {
  /** Hash of the newest line that can be read. */
  newest: string;
  endsWhole: boolean;
}

/** Lines of one shape. */
export class ChainedLines<T extends object> {
  readonly #schema: z.ZodType<T>;

  /** @param content of a line; it takes no other keys: what a line says is all that its hash stands for */
  constructor(content: z.ZodType<T>) {
    this.#schema = content;
  }

  /** @returns no lines for a file that is not there. @throws Error of the file system */
  async read(file: string): Promise<ReadLines<T>> {
    const { lines, problems } = await this.#read(file);
    return { lines, problems };
  }

  /** Appends what `compose` makes of the lines that are there; it is on disk for good when this resolves. @throws Error of the file system */
  async add<A extends T>(file: string, compose: (lines: readonly T[]) => A): Promise<A> {
    const { lines, newest, endsWhole } = await this.#read(file);
    const added = compose(lines);
    const content = { ...added, prev: newest };
    const line = canonicalJson({ ...content, hash: hashOf(content) });
    const opened = await open(file, 'a', 0o644);
    try {
      // A torn line stays as it is, by itself.
      await opened.appendFile(`${endsWhole ? '' : '\n'}${line}\n`);
      await opened.sync();
    } finally {
      await opened.close();
    }
    return added;
  }

  async #read(file: string): Promise<ChainedFile<T>> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const read: ChainedFile<T> = { lines: [], problems: [], newest: noLine, endsWhole: /(^|\n)$/.test(text) };
    for (const [index, line] of text.split('\n').entries()) {
      if (line === '') continue;
      const parsed = this.#parse(line);
      if (parsed === undefined) {
        read.problems.push(`${file}:${index + 1} cannot be read: it was torn or changed`);
        continue;
      }
      const { content, prev, hash } = parsed;
      if (hashOf({ ...content, prev }) !== hash)
        read.problems.push(`${file}:${index + 1} was changed after it was written`);
      else if (prev !== read.newest)
        read.problems.push(`${file}:${index + 1} does not follow the line before it: a line was taken away or put in`);
      read.lines.push(content);
      read.newest = hash;
    }
    return read;
  }

  #parse(line: string): { content: T; prev: string; hash: string } | undefined {
    try {
      const { prev, hash, ...rest } = z.looseObject(links).parse(JSON.parse(line));
      return { content: this.#schema.parse(rest), prev, hash };
    } catch {
      return undefined;
    }
  }
}
