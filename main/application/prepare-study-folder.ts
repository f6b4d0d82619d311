// Puts a study into its folder for the analysis program, and tells whether a folder is a study's own. Main thread.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PreparedStudy, preparedStudyFileName } from '../../common/rule-study/prepared-study.ts';

/**
 * A folder of another version stays as it is.
 * @param cure what to do about a folder that cannot be taken
 * @returns why not.
 */
export async function prepareStudyFolder(
  folder: string,
  prepared: PreparedStudy,
  cure: { otherVersion: string; notWritable: string },
): Promise<{ what: string; cure: string } | undefined> {
  const found = await hashInFolder(folder);
  if (found.isThere && found.hash !== prepared.hash) {
    return {
      what: `${folder} holds results of another version of this study: its task, network, rules or presentations differ`,
      cure: cure.otherVersion,
    };
  }
  const file = join(folder, preparedStudyFileName);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, `${JSON.stringify(prepared, undefined, 2)}\n`);
  } catch (error) {
    return { what: `${file} cannot be written: ${String(error)}`, cure: cure.notWritable };
  }
  return undefined;
}

/** @returns the version of the study that a folder is for; `hash` undefined for a file that is no prepared study. */
export async function hashInFolder(folder: string): Promise<{ isThere: boolean; hash?: unknown }> {
  const text = await readFile(join(folder, preparedStudyFileName), 'utf8').catch(() => undefined);
  return text === undefined ? { isThere: false } : { isThere: true, hash: hashIn(text) };
}

function hashIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'hash' in value ? value.hash : undefined;
  } catch {
    return undefined;
  }
}
