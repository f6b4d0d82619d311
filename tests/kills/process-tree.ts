// The processes of a running program, by what they run; Linux, where /proc tells.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const canSeeProcesses = existsSync('/proc/self/task');

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** @param name of the built program. @returns its process among the children of `pid`. */
export function programOf(pid: number, name: string): number | undefined {
  return childrenOf(pid).find((child) => {
    try {
      return readFileSync(join('/proc', String(child), 'cmdline'), 'utf8').includes(`${name}.js`);
    } catch {
      return false;
    }
  });
}
