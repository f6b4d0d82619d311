// What a test file has open: child processes, workers, servers, sockets, watchers and timers, counted by kind. Once in each process.
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';

const watched = /^(ProcessWrap|TCP\w*Wrap|PipeWrap|UDPWrap|FSEventWrap|StatWatcher|MessagePort)$/;

const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
const openWorkers = new Set<Worker>();
const openTimers = new Set<NodeJS.Timeout>();

process.on('worker', (worker) => {
  openWorkers.add(worker);
  worker.once('exit', () => openWorkers.delete(worker));
});

type TimerCallback = (...values: unknown[]) => void;

globalThis.setTimeout = Object.assign(
  (callback: TimerCallback, delayMs?: number, ...values: unknown[]) => {
    const timer = setTimeout(() => {
      openTimers.delete(timer);
      callback(...values);
    }, delayMs);
    openTimers.add(timer);
    return timer;
  },
  { [promisify.custom]: promisify(setTimeout) },
) as unknown as typeof setTimeout;

globalThis.setInterval = ((callback: TimerCallback, delayMs?: number, ...values: unknown[]) => {
  const timer = setInterval(callback, delayMs, ...values);
  openTimers.add(timer);
  return timer;
}) as typeof setInterval;

globalThis.clearTimeout = (timer) => {
  openTimers.delete(timer as NodeJS.Timeout);
  clearTimeout(timer);
};
globalThis.clearInterval = (timer) => {
  openTimers.delete(timer as NodeJS.Timeout);
  clearInterval(timer);
};

/** Counts what is open by kind. A timer that is unreferenced on purpose keeps nothing alive and does not count. */
export function countOpen(): Map<string, number> {
  const kinds = process.getActiveResourcesInfo().filter((kind) => watched.test(kind));
  for (const timer of openTimers) if (timer.hasRef()) kinds.push('Timer');
  for (let left = openWorkers.size; left > 0; left--) kinds.push('Worker');
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
