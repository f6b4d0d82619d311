// A recording from an emulated RHX with the real reader thread, and the bench with its real programs.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { RhxSession } from '../../main/rig/hardware/rhx/rhx-session.ts';
import { readerThreadIn } from '../../main/rig/hardware/start-reader-thread.ts';
import type { RhxBenchResult } from '../../main/shells/node/commands/bench-rhx.ts';
import { startChildProgram } from '../../main/shells/start-child-program.ts';
import { lastJson, runExocortex } from '../support/run-exocortex.ts';

const programs = join(import.meta.dirname, '..', '..', 'dist', 'programs');
const host = '127.0.0.1';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

/** As a process of its own, so that a blocked rig thread does not block it. */
function startEmulation(): Promise<number> {
  const options = { isStimulator: true, sampleRateHz: 30_000, amplifiers: [32], stepMicroamps: 0.5 };
  const program = store.add(startChildProgram(join(programs, 'virtual-rhx.js'), [JSON.stringify(options)], {}));
  return new Promise((resolve) =>
    program.onMessage((message) => resolve((message as { commandPort: number }).commandPort)),
  );
}

function openSession(port: number): Promise<RhxSession> {
  const channels = Array.from({ length: 32 }, (_, index) => `A-${String(index).padStart(3, '0')}`);
  return RhxSession.open({
    host,
    port,
    selection: {
      amplifiers: channels.map((channel) => ({ channel, bands: ['WIDE'], hasSpikes: false })),
      others: [],
    },
    blocksPerWrite: 1,
    startReader: readerThreadIn(programs, 'rhx-reader-thread'),
  });
}

/** The rig thread hangs. */
function hang(milliseconds: number): void {
  const endMs = performance.now() + milliseconds;
  while (performance.now() < endMs) Math.sqrt(endMs);
}

describe('a recording from RHX', () => {
  test('loses nothing while the rig thread hangs for a second: its own thread reads on', async () => {
    const session = store.add(await openSession(await startEmulation()));
    const starts: number[] = [];
    session.onBlock(({ firstSample }) => starts.push(firstSample));
    await session.run();
    hang(1000);
    await wait(200);
    await session.stop();
    expect(starts.length).toBeGreaterThan((1.2 * 30_000) / 128);
    expect(starts).toEqual(starts.map((_, index) => index * 128));
    expect(session.droppedBlocks).toBe(0);
  });

  test('drops on this side, counted and marked by the numbers of samples, when the rig thread hangs longer', async () => {
    const session = store.add(await openSession(await startEmulation()));
    const starts: number[] = [];
    const problems: string[] = [];
    session.onBlock(({ firstSample }) => starts.push(firstSample));
    session.onProblem(({ code }) => problems.push(code));
    await session.run();
    hang(4000);
    await wait(1500);
    await session.stop();
    const last = starts.at(-1)!;
    expect(session.droppedBlocks).toBeGreaterThan(0);
    expect(starts.length + session.droppedBlocks).toBe(last / 128 + 1);
    expect(problems).toContain('own-backlog');
    expect(problems).not.toContain('stopped-by-itself');
  });
});

describe('bench rhx', () => {
  test('measures a recording and believes no damage', { timeout: 60_000 }, async () => {
    const finished = await runExocortex(['bench', 'rhx', '--seconds', '2', '--frames', '2000', '--json']);
    expect(finished.code).toBe(0);
    const result = lastJson<RhxBenchResult>(finished);
    expect(result).toMatchObject({ source: 'emulated RHX', lostSamples: 0, droppedBlocks: 0, problems: [] });
    expect(result.blocks).toBeGreaterThan(300);
    expect(result.fuzz.waveform).toMatchObject({ damaged: 2000, wrong: 0, crashes: 0 });
    expect(result.behindRhxMs.count).toBeGreaterThan(5);
  });

  test('says what to click when no RHX listens', async () => {
    const finished = await runExocortex(['bench', 'rhx', '--host', host, '--port', '9']);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain('Network → Remote TCP Control and click Connect');
  });
});
