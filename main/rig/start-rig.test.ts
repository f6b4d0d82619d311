// The main thread's side of the rig, over threads that the test plays.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { controlWord } from '../../common/base/control-block.ts';
import { interlockStates } from '../../common/contract/interlock-states.ts';
import type { Platform } from './platform.ts';
import { PlayedThread } from './played-thread.fixture.ts';
import { type Rig, startRig } from './start-rig.ts';

vi.mock('node:worker_threads', async (original) => ({
  ...(await original<object>()),
  Worker: (await import('./played-thread.fixture.ts')).PlayedThread,
}));

const platform: Platform = {
  shell: 'node',
  programsFolder: '/programs',
  applicationFolder: '/application',
  stationFolder: '/station',
  startProgram() {
    throw new Error('no program is started');
  },
  preventSleep: () => ({ unsupported: '' }),
};

let rig: Rig;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'hrtime'] });
  rig = startRig({ platform, exocortexVersion: '0', carried: undefined });
});
afterEach(async () => {
  const ending = rig.end();
  for (const thread of PlayedThread.all.values()) thread.end();
  await vi.advanceTimersByTimeAsync(5000);
  await ending;
  vi.useRealTimers();
  PlayedThread.all.clear();
});

const threadOf = (name: string) => PlayedThread.all.get(name)!;

/** What the thread of the stop inputs has been told so far. */
function toldStopInputs(): unknown[] {
  const told: unknown[] = [];
  threadOf('stop-input-thread').workerData.port?.on('message', (message) => told.push(message));
  return told;
}

/** Messages of real ports need turns of the real event loop. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function arm(): void {
  const { control } = threadOf('stop-input-thread').workerData;
  Atomics.store(control!, controlWord.interlockState, interlockStates.indexOf('armed'));
}

describe('S30: the thread of the stop inputs is never ended from outside', () => {
  it('while the rig is armed, though the rig thread has died', async () => {
    const told = toldStopInputs();
    arm();
    // The rig thread's event loop does not turn.
    await vi.advanceTimersByTimeAsync(10_000);
    await turns();
    const { terminations, unrefs } = threadOf('stop-input-thread');
    expect(threadOf('rig-thread').terminations).toBe(1);
    expect([terminations, unrefs, told]).toEqual([0, 0, []]);
  });

  it('when the program ends: it hears its inputs until the rig and the watchdog have ended, and then ends by itself', async () => {
    const told = toldStopInputs();
    arm();
    const ending = rig.end();
    threadOf('recorder-thread').end();
    threadOf('rig-thread').end();
    await turns();
    const toldBefore = [...told];
    threadOf('watchdog-thread').end();
    await turns();
    expect([toldBefore, told]).toEqual([[], [{ kind: 'end' }]]);
    threadOf('stop-input-thread').end();
    await ending;
    expect(threadOf('stop-input-thread').terminations).toBe(0);
  });

  it('when it does not end by itself: then it is not waited for', async () => {
    const told = toldStopInputs();
    arm();
    const ending = rig.end();
    await vi.advanceTimersByTimeAsync(3000);
    await ending;
    await turns();
    const { terminations, unrefs } = threadOf('stop-input-thread');
    expect([terminations, unrefs, told]).toEqual([0, 1, [{ kind: 'end' }]]);
    for (const name of ['rig-thread', 'watchdog-thread', 'recorder-thread'])
      expect(threadOf(name).terminations).toBe(1);
  });
});
