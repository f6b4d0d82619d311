// Fails a test file that leaves something open: a child process, a worker, a server, a socket, a watcher or a timer.
import { afterAll, beforeAll } from 'vitest';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';

/** What a closed resource may need to leave the event loop; only a leak waits this long. */
const graceMs = 3_000;
const pollMs = 10;
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
function countOpen(): Map<string, number> {
  const kinds = process.getActiveResourcesInfo().filter((kind) => watched.test(kind));
  for (const timer of openTimers) if (timer.hasRef()) kinds.push('Timer');
  for (let left = openWorkers.size; left > 0; left--) kinds.push('Worker');
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** @returns one phrase per kind that there is more of than there was. */
function leaksSince(before: ReadonlyMap<string, number>): string[] {
  return [...countOpen()]
    .map(([kind, count]) => ({ kind, surplus: count - (before.get(kind) ?? 0) }))
    .filter(({ surplus }) => surplus > 0)
    .map(({ kind, surplus }) => `${surplus} ${kind}`);
}

let before: ReadonlyMap<string, number>;

beforeAll(() => {
  before = countOpen();
});

afterAll(async () => {
  for (let waitedMs = 0; waitedMs < graceMs && leaksSince(before).length > 0; waitedMs += pollMs) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const leaks = leaksSince(before);
  if (leaks.length > 0)
    throw new Error(`The tests of this file left open: ${leaks.join(', ')}. Dispose of what they start.`);
});
