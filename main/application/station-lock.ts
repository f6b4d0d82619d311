// One program at a time uses a station: two would each believe that the stimulator is theirs. Main process.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Disposable, toDisposable } from '../../common/base/disposable.ts';

/** Another program holds the station. */
export class StationInUse extends Error {
  override readonly name = 'StationInUse';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else is alive all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** This process and its start: numbers of processes are given again. */
const ownHolder = () => `${process.pid} ${Math.round(performance.timeOrigin)}`;
const pidOf = (holder: string) => Number(holder.split(' ')[0]);

/** @returns false when the system says `code`. @throws Error of the file system for anything else */
function unless(code: string, act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return false;
    throw error;
  }
}

/** @returns undefined where there is no file. */
function read(path: string): string | undefined {
  let text: string | undefined;
  unless('ENOENT', () => (text = readFileSync(path, 'utf8')));
  return text;
}

/** The file appears with its content or not at all. @returns whether it was not there before. */
function create(path: string, holder: string): boolean {
  const draft = `${path}-${process.pid}`;
  writeFileSync(draft, holder, { mode: 0o600 });
  try {
    return unless('EEXIST', () => linkSync(draft, path));
  } finally {
    rmSync(draft);
  }
}

/** Removes the lock of a program that is gone. @returns false when somebody else was quicker; their lock stays. */
function removeStale(path: string, stale: string): boolean {
  const aside = `${path}-stale-${process.pid}`;
  if (!unless('ENOENT', () => renameSync(path, aside))) return false;
  const isStale = read(aside) === stale;
  if (!isStale) linkSync(aside, path);
  rmSync(aside);
  return isStale;
}

function isHeld(holder: string, own: string, isProcessAlive: (pid: number) => boolean): boolean {
  const pid = pidOf(holder);
  if (pid === process.pid) return holder === own;
  return Number.isInteger(pid) && pid > 0 && isProcessAlive(pid);
}

/**
 * Takes the station until disposed; a lock that a killed program has left is taken over.
 * @throws StationInUse with words for the operator
 */
export function lockStation(folder: string, isProcessAlive = isAlive): Disposable {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'lock');
  const own = ownHolder();
  if (!create(path, own)) {
    const holder = read(path);
    if (holder !== undefined && isHeld(holder, own, isProcessAlive))
      throw new StationInUse(
        `Exocortex is running on this station already (process ${pidOf(holder)}): use it, or end it first. If that process is another program, delete ${path}`,
      );
    if (holder === undefined || !removeStale(path, holder) || !create(path, own))
      throw new StationInUse(
        `Another Exocortex has just been started or ended here: start again. Station folder: ${folder}`,
      );
  }
  return toDisposable(() => {
    if (read(path) === own) rmSync(path);
  });
}
