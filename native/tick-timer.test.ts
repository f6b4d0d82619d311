// What every tick timer promises: each tick once, in order, none early, none after the end.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { loadNative } from './load-native.ts';
import { createTickTimer } from './tick-timer.ts';

const { platform, arch, env } = process;
const loaded = loadNative({
  applicationRoot: fileURLToPath(new URL('..', import.meta.url)),
  environment: env,
  platform,
  arch,
});
const nowNs = () => Number(process.hrtime.bigint());

interface Tick {
  readonly index: number;
  readonly scheduledNs: number;
  readonly actualNs: number;
  readonly missedTicks: number;
}

const skipped = loaded.native ? '' : ` (skipped: ${loaded.reason})`;

describe.each([
  ['TypeScript tick timer', { kind: 'typescript', native: undefined, isLoaded: true }],
  [`native tick timer${skipped}`, { kind: 'native', native: loaded.native, isLoaded: loaded.native !== undefined }],
] as const)('the %s', (_title, { kind, native, isLoaded }) => {
  const timerTest = test.runIf(isLoaded);

  /** Collects ticks until `isEnough`, then disposes of the timer from within the tick. */
  function collect(
    periodNs: number,
    isEnough: (ticks: readonly Tick[]) => boolean,
  ): Promise<{ ticks: Tick[]; startedNs: number }> {
    return new Promise((resolve) => {
      const ticks: Tick[] = [];
      const timer = createTickTimer(native, periodNs, (index, scheduledNs, actualNs, missedTicks) => {
        ticks.push({ index, scheduledNs, actualNs, missedTicks });
        if (!isEnough(ticks)) return;
        timer.dispose();
        resolve({ ticks, startedNs: timer.startedNs });
      });
      expect(timer.kind).toBe(kind);
    });
  }

  timerTest.each([300_000, 1_000_000, 7_000_000])(
    'counts every tick of %i ns once, in order, none before it is due',
    async (periodNs) => {
      const { ticks, startedNs } = await collect(periodNs, ({ length }) => length === 20);
      let expected = 0;
      for (const { index, scheduledNs, actualNs, missedTicks } of ticks) {
        expected += missedTicks;
        expect(index).toBe(expected++);
        // To the few nanoseconds that a double resolves.
        expect(scheduledNs).toBeCloseTo(startedNs + (index + 1) * periodNs, -1);
        expect(actualNs).toBeGreaterThanOrEqual(scheduledNs);
        expect(actualNs).toBeLessThanOrEqual(nowNs());
      }
    },
  );

  timerTest('joins the ticks that fall due while JavaScript is busy into one, and counts them', async () => {
    const periodNs = 1_000_000;
    const { ticks } = await collect(periodNs, (soFar) => {
      if (soFar.length === 3) for (const until = nowNs() + 20 * periodNs; nowNs() < until;);
      return soFar.length === 5;
    });
    const [, , before, joined, next] = ticks as [Tick, Tick, Tick, Tick, Tick];
    expect(joined.missedTicks).toBeGreaterThanOrEqual(19);
    expect(joined.index).toBe(before.index + 1 + joined.missedTicks);
    expect(next.index).toBe(joined.index + 1 + next.missedTicks);
  });

  timerTest('is silent after its disposal, from within a tick or from outside', async () => {
    let ticks = 0;
    const outside = createTickTimer(native, 200_000, () => ticks++);
    for (const until = nowNs() + 1_000_000; nowNs() < until;);
    outside.dispose();
    outside.dispose();
    const within = await collect(200_000, ({ length }) => length === 3);
    // A second timer ticks on; the two that were disposed of do not.
    await collect(200_000, ({ length }) => length === 5);
    expect(ticks).toBe(0);
    expect(within.ticks).toHaveLength(3);
  });

  timerTest('ticks on after a tick that throws', async () => {
    const thrown: unknown[] = [];
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => thrown.push(error));
    const { ticks } = await collect(200_000, ({ length }) => {
      if (length === 2) throw new Error('from a tick');
      return length === 4;
    });
    process.removeAllListeners('uncaughtException');
    for (const listener of others) process.on('uncaughtException', listener);
    expect(ticks).toHaveLength(4);
    expect(thrown).toEqual([expect.objectContaining({ message: 'from a tick' })]);
  });
});

describe(`the native tick timer in a worker thread${skipped}`, () => {
  const start = (stop: string) =>
    new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const addon = { exports: {} };
       process.dlopen(addon, workerData);
       const timer = new addon.exports.TickTimer(200000, Number(process.hrtime.bigint()), (index) => {
         if (index > 5) { ${stop}; parentPort.postMessage(index); }
       });`,
      { eval: true, workerData: loaded.native ? loaded.path : '' },
    );

  test.runIf(loaded.native)('lets the thread end once it is stopped', async () => {
    const [code] = (await once(start('timer.stop()'), 'exit')) as [number];
    expect(code).toBe(0);
  });

  test.runIf(loaded.native)('ends with a thread that is terminated while it runs', async () => {
    const worker = start('');
    await once(worker, 'message');
    expect(await worker.terminate()).toBe(1);
  });
});
