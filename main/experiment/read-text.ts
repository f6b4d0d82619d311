// Reads a text file that a person named, with an answer for everything that can be wrong with it; used by the main process.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Place } from '../../common/experiment/diagnostic.ts';
import { nearest } from './nearest.ts';
import type { ProblemList } from './problem-list.ts';

/** Larger files are refused unread: experiment files are a few kilobytes, sample files are megabytes. */
const largestBytes = 1_000_000;

/**
 * @param referredFrom where the path is written; without it the file itself, line 1.
 * @returns the text, or undefined after reporting why there is none.
 */
export async function readText(file: string, problems: ProblemList, referredFrom?: Place): Promise<string | undefined> {
  const place = referredFrom ?? { file, line: 1, column: 1 };
  let bytes: Buffer | undefined;
  try {
    const { size } = await stat(file);
    if (size <= largestBytes) bytes = await readFile(file);
  } catch (error) {
    problems.error(place, ...(await explainUnreadable(file, error)));
    return undefined;
  }
  if (bytes === undefined || bytes.includes(0)) {
    problems.error(
      place,
      `${file} is not a text file of an experiment`,
      'Name a YAML file, or the .json sidecar of a recording',
    );
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    problems.error(place, `${file} is not UTF-8 text`, 'Save it as UTF-8 in your editor');
    return undefined;
  }
}

/** @returns what is wrong and its cure, for a file that could not be opened. */
export async function explainUnreadable(file: string, error: unknown): Promise<[what: string, cure: string]> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'EISDIR') return [`${file} is a folder`, 'Name a file in it'];
  if (code === 'EACCES' || code === 'EPERM') return [`${file} may not be read`, 'Give yourself the right to read it'];
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    return [`${file} cannot be read (${code})`, 'Check the disk, or copy the file elsewhere'];
  }
  const neighbours = await readdir(dirname(file)).catch(() => undefined);
  if (neighbours === undefined) return [`${file} does not exist, nor does its folder`, 'Correct the path'];
  const similar = nearest(basename(file), neighbours);
  return [
    `${file} does not exist`,
    similar === undefined ? 'Correct the path, or put the file there' : `Did you mean ${similar}?`,
  ];
}
