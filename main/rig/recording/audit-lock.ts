// One program at a time writes the audit log of a station: a lock file that names its holder. Recorder thread.
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Disposable, toDisposable } from '../../../common/base/disposable.ts';

/** Who holds the lock. */
export interface LockHolder {
  readonly pid: number;
  /** Identity of the start of the program. */
  readonly boot: string;
  /** Monotonic time at which the lock was taken: it begins anew with the computer. */
  readonly hostNs: number;
}

/** @throws Error of the file system, other than that the process is not there. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readHolder(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`the lock ${file} cannot be read: if no Exocortex runs on this station, delete it`, {
      cause: error,
    });
  }
}

/** Numbers of processes are given again: a holder from before this computer's or this process's start is gone. */
function isHeld(found: LockHolder, own: LockHolder, isProcessRunning: (pid: number) => boolean): boolean {
  if (found.boot === own.boot) return true;
  return found.pid !== own.pid && found.hostNs <= own.hostNs && isProcessRunning(found.pid);
}

/** The file appears with its content or not at all. @returns whether it was not there before. */
function create(file: string, holder: LockHolder): boolean {
  const draft = `${file}-${holder.boot}`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(holder));
    fsyncSync(descriptor);
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    closeSync(descriptor);
    rmSync(draft, { force: true });
  }
}

/** Removes the lock of a program that is gone. @returns false when somebody else was quicker; their lock stays. */
function removeStale(file: string, stale: LockHolder, own: LockHolder): boolean {
  const aside = `${file}-stale-${own.boot}`;
  renameSync(file, aside);
  const isStale = readHolder(aside)?.boot === stale.boot;
  if (!isStale) linkSync(aside, file);
  rmSync(aside);
  return isStale;
}

function refuse({ pid }: LockHolder, file: string): Error {
  return new Error(
    `another Exocortex is running on this station (process ${pid}): end it first. If that process is another program, delete ${file}`,
  );
}

/**
 * Held until disposed. The lock of a program that is gone is taken over.
 * @throws Error that names the process which holds it.
 */
export function takeAuditLock(folder: string, own: LockHolder, isProcessRunning = isRunning): Disposable {
  const file = join(folder, 'lock');
  while (!create(file, own)) {
    const found = readHolder(file);
    if (found !== undefined && (isHeld(found, own, isProcessRunning) || !removeStale(file, found, own)))
      throw refuse(found, file);
  }
  return toDisposable(() => {
    if (readHolder(file)?.boot === own.boot) rmSync(file);
  });
}
