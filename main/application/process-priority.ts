// Asks the operating system to run the rig before other programs. Main process, before it starts threads and programs, which inherit it.
import { constants, getPriority, setPriority } from 'node:os';

/** @returns whether it was granted; where it is not, the rig runs at normal priority and late ticks are counted as ever. */
export function raisePriority(): boolean {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets a program that nobody waits for every millisecond run after the rig, and no sooner than it was to.
 * @param pid of a child
 */
export function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, Math.max(getPriority(pid), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // It is gone already, or keeps its priority: only slower.
  }
}
