// A stream of an emulated Open Ephys GUI with the real reader thread, and the bench with its real programs.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { OpenEphysSession } from '../../main/rig/hardware/open-ephys/open-ephys-session.ts';
import { readerThreadIn } from '../../main/rig/hardware/start-reader-thread.ts';
import type { OpenEphysBenchResult } from '../../main/shells/node/commands/bench-open-ephys.ts';
import { startChildProgram } from '../../main/shells/start-child-program.ts';
import { lastJson, runExocortex } from '../support/run-exocortex.ts';

const programs = join(import.meta.dirname, '..', '..', 'dist', 'programs');
const host = '127.0.0.1';
const samplesPerBlock = 300;

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

/** As a process of its own, so that a blocked rig thread does not block it. */
async function openSession(): Promise<OpenEphysSession> {
  const options = { channels: Array.from({ length: 32 }, (_, channel) => channel) };
  const program = store.add(startChildProgram(join(programs, 'virtual-open-ephys.js'), [JSON.stringify(options)], {}));
  const ports = await new Promise<{ dataPort: number; httpPort: number }>((resolve) =>
    program.onMessage((message) => resolve(message as { dataPort: number; httpPort: number })),
  );
  return store.add(
    await OpenEphysSession.open({
      host,
      ...ports,
      blockMilliseconds: 10,
      microvoltsPerBit: 0.195,
      uuid: 'a test',
      startReader: readerThreadIn(programs, 'open-ephys-reader-thread'),
    }),
  );
}

/** The rig thread hangs. */
function hang(milliseconds: number): void {
  const endMs = performance.now() + milliseconds;
  while (performance.now() < endMs) Math.sqrt(endMs);
}

function collect(session: OpenEphysSession) {
  const found = { starts: [] as number[], problems: [] as string[] };
  session.onBlock(({ firstSample }) => found.starts.push(firstSample));
  session.onProblem(({ code }) => found.problems.push(code));
  return found;
}

describe('a stream of the Open Ephys GUI', () => {
  test('loses nothing while the rig thread hangs for a second: its own thread reads on', async () => {
    const session = await openSession();
    const { starts } = collect(session);
    await wait(100);
    hang(1000);
    await wait(200);
    expect(starts.length).toBeGreaterThan(110);
    expect(starts).toEqual(starts.map((_, index) => starts[0]! + index * samplesPerBlock));
    expect([session.droppedBlocks, session.counts.lostMessages]).toEqual([0, 0]);
  });

  test('drops on this side, counted and marked by the numbers of samples, when the rig thread hangs longer', async () => {
    const session = await openSession();
    const { starts, problems } = collect(session);
    await wait(100);
    hang(4000);
    await wait(1000);
    expect(session.droppedBlocks).toBeGreaterThan(0);
    const expected = (starts.at(-1)! - starts[0]!) / samplesPerBlock + 1;
    expect(starts.length + session.droppedBlocks).toBe(expected);
    expect(problems).toContain('own-backlog');
    expect(session.counts.lostMessages).toBe(0);
  });
});

describe('bench open-ephys', () => {
  test('measures a stream and believes no damage', { timeout: 60_000 }, async () => {
    const finished = await runExocortex(['bench', 'open-ephys', '--seconds', '2', '--frames', '2000', '--json']);
    expect(finished.code).toBe(0);
    const result = lastJson<OpenEphysBenchResult>(finished);
    expect(result).toMatchObject({ source: 'emulated GUI', channels: 32, lostSamples: 0, droppedBlocks: 0 });
    expect(result.blocks).toBeGreaterThan(150);
    expect(result.fuzz.messages).toMatchObject({ damaged: 2000, wrong: 0, crashes: 0 });
    expect(result.fuzz.connection).toMatchObject({ damaged: 2000, wrong: 0, crashes: 0 });
  });

  test('says what to do when no GUI is there', async () => {
    const finished = await runExocortex(['bench', 'open-ephys', '--host', host, '--port', '9']);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain('Start the GUI, put the plugin into the signal chain');
  });
});
