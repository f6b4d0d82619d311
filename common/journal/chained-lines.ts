// Lines of a file that is only added to: each stands for the hash of the one before, so that a change is told; used in every process but the page.
import { z } from 'zod';
import { canonicalJson } from '../base/canonical-json.ts';

/** Of a text, in hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** What every line says beside its content. */
const links = {
  /** Hash of the line before; zeros in the first. */
  prev: z.string(),
  /** SHA-256 of the canonical form of everything else. */
  hash: z.string(),
};

const noLine = '0'.repeat(64);

export interface ChainProblem {
  readonly where: string;
  readonly what: string;
}

export const chainProblemWords = ({ where, what }: ChainProblem): string => `${where} ${what}`;

export interface ChainedText<T> {
  lines: T[];
  /** Of each of the lines. */
  hashes: string[];
  /** What is wrong, and in which line of which file. */
  problems: ChainProblem[];
  /** Hash of the newest line that can be read. */
  newest: string;
  /** A torn line stays as it is, by itself. */
  endsWhole: boolean;
}

/** Lines of one shape. */
export class ChainedLines<T extends object> {
  readonly #schema: z.ZodType<T>;

  /** @param content of a line; it takes no other keys: what a line says is all that its hash stands for */
  constructor(content: z.ZodType<T>) {
    this.#schema = content;
  }

  /** @param file its name, for people */
  read(file: string, text: string, sha256: Sha256): ChainedText<T> {
    const read: ChainedText<T> = {
      lines: [],
      hashes: [],
      problems: [],
      newest: noLine,
      endsWhole: /(^|\n)$/.test(text),
    };
    for (const [index, line] of text.split('\n').entries()) {
      if (line === '') continue;
      const where = `${file}:${index + 1}`;
      const parsed = this.#parse(line);
      if (parsed === undefined) {
        read.problems.push({ where, what: 'cannot be read: it was torn or changed' });
        continue;
      }
      const { content, prev, hash } = parsed;
      if (sha256(canonicalJson({ ...content, prev })) !== hash)
        read.problems.push({ where, what: 'was changed after it was written' });
      else if (prev !== read.newest)
        read.problems.push({ where, what: 'does not follow the line before it: a line was taken away or put in' });
      read.lines.push(content);
      read.hashes.push(hash);
      read.newest = hash;
    }
    return read;
  }

  /** @returns what is to be added to the file that was read, and the hash of the new line */
  next({ newest, endsWhole }: ChainedText<T>, added: T, sha256: Sha256): { text: string; hash: string } {
    const content = { ...added, prev: newest };
    const hash = sha256(canonicalJson(content));
    return { text: `${endsWhole ? '' : '\n'}${canonicalJson({ ...content, hash })}\n`, hash };
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
