// Says whether the terminal's keys belong to this program, or to another that runs before it. Main process of the plain-Node shell.
import { spawnSync } from 'node:child_process';

/** @param status what `ps -o stat=` prints; `+` marks the group of programs that has the terminal, on Linux and macOS alike. */
export function isForegroundStatus(status: string): boolean {
  return status.includes('+');
}

/** Asks `ps`, because Node cannot tell. Where it has no answer, as on Windows, nothing runs in the background of a terminal. */
export function isInForeground(): boolean {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(process.pid)], { encoding: 'utf8' });
  return status !== 0 || isForegroundStatus(stdout);
}
