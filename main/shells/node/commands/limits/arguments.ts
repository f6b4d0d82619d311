// What the commands on limit files share: options that must be given, the one file, files and problems. Main process of the plain-Node shell.
import { readFile } from 'node:fs/promises';
import type { SiteFile } from '../../../../../common/limits/site-file.ts';
import { readSiteBytes } from '../../../../experiment/site/read-site-file.ts';
import type { SiteProblem } from '../../../../experiment/site/site-problem.ts';
import { errorCode } from '../../../../experiment/site/station-file.ts';
import { parseSiteFile } from '../../../../experiment/site/verify-site-file.ts';
import type { LimitsShell } from './limits-command.ts';

/** Exit codes of the commands. */
export const exitCode = { done: 0, refused: 1, badInput: 2 } as const;

/** @throws RangeError when the option is missing. */
export function needed(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value.trim() === '') throw new RangeError(`--${name} is missing.`);
  return value;
}

/** @throws RangeError unless there is exactly one argument without a name. */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [only, ...more] = positionals;
  if (only === undefined) throw new RangeError(`${what} is missing.`);
  if (more.length > 0) throw new RangeError(`'${more.join(' ')}' is one argument too many.`);
  return only;
}

export function printProblems(shell: Pick<LimitsShell, 'printError'>, problems: readonly SiteProblem[]): void {
  for (const { what, cure } of problems) shell.printError(`${what}. ${cure}${cure.endsWith('?') ? '' : '.'}`);
}

/** @returns the file whose form is right, whoever has signed it; or an exit code after saying why there is none. */
export async function readForm(shell: Pick<LimitsShell, 'printError'>, file: string): Promise<SiteFile | number> {
  const read = await readSiteBytes(file);
  if ('problem' in read) {
    printProblems(shell, [read.problem]);
    return exitCode.badInput;
  }
  const parsed = parseSiteFile(read.bytes);
  if ('file' in parsed) return parsed.file;
  printProblems(shell, parsed.problems);
  return exitCode.refused;
}

/** @returns a text file, or an exit code after saying why it cannot be read. */
export async function readSecret(shell: Pick<LimitsShell, 'printError'>, file: string): Promise<string | number> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    shell.printError(
      `${file} cannot be read (${errorCode(error)}). Correct the path, or give yourself the right to read it.`,
    );
    return exitCode.badInput;
  }
}

/** Does what writes a file. @returns what `write` answers, or an exit code after saying why the file could not be written. */
export async function tryWriting<T>(
  shell: Pick<LimitsShell, 'printError'>,
  file: string,
  write: () => Promise<T>,
): Promise<{ answer: T } | number> {
  try {
    return { answer: await write() };
  } catch (error) {
    const code = errorCode(error);
    shell.printError(
      code === 'EEXIST'
        ? `${file} exists already. Name another file: none is overwritten.`
        : `${file} cannot be written (${code}). Check the path, its rights and free space.`,
    );
    return exitCode.badInput;
  }
}
