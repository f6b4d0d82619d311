// Fails a test file that leaves something open: a child process, a worker, a server, a socket, a watcher or a timer.
import { afterAll, beforeAll } from 'vitest';
import { countOpen } from './support/open-resources.ts';

/** What a closed resource may need to leave the event loop; only a leak waits this long. */
const graceMs = 3_000;
const pollMs = 10;

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
