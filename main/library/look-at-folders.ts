// Compares the folders of the sessions with their index, and reads what is new or has changed. Main process.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type KnownSession, readSession, stampOf } from './read-session.ts';
import type { SessionIndex } from './session-index.ts';
import { patiently } from './sqlite-errors.ts';

/** Folders that are looked at together; a few are enough to keep the disk busy. */
const together = 32;
/** Sessions that are put into the index together: another program waits for it no longer than that takes. */
const putTogether = 256;

/** Names of a folder's folders; none where it is not there. @throws Error of the file system */
async function foldersIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return found.filter((each) => each.isDirectory() && !each.name.startsWith('.')).map(({ name }) => name);
}

/** Calls `each` for all items, some at a time, while `goesOn`. */
async function forAll<T>(items: readonly T[], goesOn: () => boolean, each: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const work = async () => {
    for (const item of left) {
      if (!goesOn()) return;
      await each(item);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
}

export interface Looking {
  /** Gets how many of the folders that have to be read are read. */
  onProgress: (read: number, of: number) => void;
  /** Asked before each folder: the look then ends early. */
  isCancelled: () => boolean;
}

/**
 * @returns whether anything in the index is other than before
 * @throws Error of the file system or of the index; what is in the index then is right as far as it goes
 */
export async function lookAtFolders(
  sessionsFolder: string,
  index: SessionIndex,
  { onProgress, isCancelled }: Looking,
): Promise<boolean> {
  const goesOn = () => !isCancelled();
  const stamps = await patiently(() => index.stamps());
  const change = (put: readonly KnownSession[], removed: readonly string[]) =>
    patiently(() => index.change(put, removed));
  const names = await foldersIn(sessionsFolder);
  const there = new Set(names);
  const gone = [...stamps.keys()].filter((name) => !there.has(name));
  const changed: string[] = [];
  await forAll(names, goesOn, async (name) => {
    if ((await stampOf(join(sessionsFolder, name))) !== stamps.get(name)) changed.push(name);
  });

  let isOther = gone.length > 0;
  if (isOther) await change([], gone);
  let read = 0;
  let waiting: KnownSession[] = [];
  const put = async () => {
    const ready = waiting;
    waiting = [];
    if (ready.length > 0) await change(ready, []);
  };
  await forAll(changed, goesOn, async (name) => {
    const session = await readSession(join(sessionsFolder, name));
    onProgress(++read, changed.length);
    if (session !== undefined) {
      isOther = true;
      waiting.push(session);
    } else if (stamps.has(name)) {
      isOther = true;
      await change([], [name]);
    }
    if (waiting.length >= putTogether) await put();
  });
  await put();
  return isOther;
}
