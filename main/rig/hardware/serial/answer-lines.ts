// Reads an answer that is made of lines: fixed ones, then one for each of something, then fixed ones again; pure.
import type { Reading } from './serial-line.ts';

export interface AnswerLines {
  readonly head: readonly RegExp[];
  /** Each of the lines between head and tail. */
  readonly repeated?: RegExp;
  /** How many there are; without it as many as come, and the tail says where they end. */
  readonly count?: number;
  readonly tail?: readonly RegExp[];
}

/** What the groups of the patterns caught. */
export interface FoundLines {
  /** @param line of the head, from 0 @param group from 0; '' where there is none */
  head(line: number, group?: number): string;
  readonly repeated: readonly (readonly string[])[];
}

/**
 * @param text all of the answer that has come so far
 * @param build makes the answer of what was found; undefined: it contradicts itself
 */
export function readLines<T>(
  text: string,
  { head, repeated, count = repeated === undefined ? 0 : undefined, tail = [] }: AnswerLines,
  build: (found: FoundLines) => T | undefined,
): Reading<T> {
  const lines = text.split('\r\n');
  // What follows the last end of a line is not whole, or nothing.
  const rest = lines.pop();
  const heads: string[][] = [];
  const middles: string[][] = [];
  let ends = 0;
  for (const line of lines) {
    const isMiddle = heads.length === head.length && ends === 0 && (count === undefined || middles.length < count);
    const [pattern, found] =
      heads.length < head.length
        ? [head[heads.length], heads]
        : isMiddle && repeated?.test(line)
          ? [repeated, middles]
          : [tail[ends++], undefined];
    const match = pattern?.exec(line);
    if (!match) return 'wrong';
    found?.push(match.slice(1));
  }
  const hasCount = count === undefined || middles.length === count;
  if (heads.length < head.length || ends < tail.length || !hasCount) return 'incomplete';
  const answer =
    rest === '' ? build({ head: (line, group = 0) => heads[line]?.[group] ?? '', repeated: middles }) : undefined;
  return answer === undefined ? 'wrong' : { answer };
}
