// Ends the virtual rig when nobody is left who could want it; runs in the virtual rig.
import type { EventEmitter } from 'node:events';
import { leaveSignalsToParent } from '../../common/base/leave-signals-to-parent.ts';

/** The first client may be slow to start; one that has left does not come back. */
const firstClientSeconds = 60;
const lastClientSeconds = 10;

/**
 * Calls `end` when the parent process is gone, when it asks for the end, or when there has been no client for long.
 * @param process events 'disconnect', 'SIGTERM', and those of a terminal, which are its parent's
 * @returns to be called with the number of connections whenever it changes
 */
export function watchForAbandonment(process: EventEmitter, end: () => void): (connections: number) => void {
  process.once('disconnect', end);
  process.once('SIGTERM', end);
  leaveSignalsToParent(process);
  let timer: NodeJS.Timeout | undefined = setTimeout(end, firstClientSeconds * 1000);
  return (connections) => {
    clearTimeout(timer);
    timer = connections === 0 ? setTimeout(end, lastClientSeconds * 1000) : undefined;
  };
}
