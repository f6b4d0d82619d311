// Copies a session's folder into the library; what is copied is whole or not there. Main process.
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { journalFileName, sessionFileName, summaryFileName } from '../../common/journal/session-documents.ts';
import { readSession } from './read-session.ts';

const ownFiles: readonly string[] = [sessionFileName, journalFileName, summaryFileName];

/** @returns the folder of the session that a path is, or lies in; undefined when it is no part of one */
export async function sessionFolderOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  const folder = found.isDirectory() ? path : dirname(path);
  // One of its own files stands for a session; a recording that lies beside them is imported as such.
  if (!found.isDirectory() && !ownFiles.includes(basename(path))) return undefined;
  return (await readSession(folder)) === undefined ? undefined : resolve(folder);
}

interface Copied {
  /** Inside of the session's folder. */
  path: string;
  bytes: number;
}

/** Files and the folders that they lie in; links and devices are no part of a session. */
async function filesOf(folder: string, below = ''): Promise<Copied[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<Copied[]> => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) return filesOf(folder, path);
      return entry.isFile() ? [{ path, bytes: (await stat(join(folder, path))).size }] : [];
    }),
  );
  return found.flat();
}

/** A refusal: nothing was copied. */
export interface NotImported {
  what: string;
  cure: string;
}

/**
 * @param from a folder that `sessionFolderOf` has found
 * @param onProgress gets the fraction of the bytes that are copied
 * @throws Error of the file system; what was copied until then is taken away
 */
export async function importSession(
  from: string,
  sessionsFolder: string,
  onProgress: (fraction: number) => void,
): Promise<{ folder: string } | NotImported> {
  const library = resolve(sessionsFolder);
  if (dirname(from) === library)
    return { what: `${from} lies in the library already`, cure: 'Look for it in the list; a filter may hide it.' };
  const folder = join(library, basename(from));
  if ((await stat(folder).catch(() => undefined)) !== undefined)
    return {
      what: `the library has a folder ${basename(from)} already`,
      cure: `If it is another session, rename the one that is to be imported: ${from}`,
    };
  const copy = join(library, `.import-${basename(from)}`);
  try {
    await rm(copy, { recursive: true, force: true });
    await mkdir(copy, { recursive: true });
    const files = await filesOf(from);
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    for (const { path, bytes } of files) {
      await mkdir(dirname(join(copy, path)), { recursive: true });
      await copyFile(join(from, path), join(copy, path), constants.COPYFILE_FICLONE);
      done += bytes;
      onProgress(done / Math.max(1, total));
    }
    await rename(copy, folder);
    return { folder };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
