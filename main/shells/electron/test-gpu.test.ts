// The graphics processor is tried in utility processes, one after the other.
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type FakeUtilityProcess, written } from './fake-electron.ts';
import { testGpu } from './test-gpu.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const times = { adapter: { name: 'Card', isSoftware: false }, medianMilliseconds: 0.1, p99Milliseconds: 0.3 };
const next = (): FakeUtilityProcess => written.processes.at(-1)!;

test('what external buffers forbid works where Dawn is made to copy', async () => {
  const result = testGpu('/programs', 60_000);
  expect([next().modulePath, next().args]).toEqual([join('/programs', 'gpu-self-test.js'), ['plain']]);
  next().emit('message', { reason: 'External buffers are not allowed' });
  expect(next().isKilled).toBe(true);
  next().emit('exit', 0);
  await vi.waitFor(() => expect(next().args).toEqual(['copy']));
  next().emit('message', times);
  next().emit('exit', 0);
  expect(await result).toEqual({ works: 'hook', ...times });
});

test('a crash is a result, and so is a message of another kind', async () => {
  const result = testGpu('/programs', 60_000);
  next().emit('exit', 139);
  await vi.waitFor(() => expect(next().args).toEqual(['copy']));
  next().emit('message', { what: 1 });
  next().emit('exit', 0);
  expect(await result).toEqual({
    works: 'none',
    reason:
      'The self test of the graphics processor crashed (exit code 139). The self test of the graphics processor told something else.',
  });
});

test('one that hangs is killed', async () => {
  vi.useFakeTimers();
  const result = testGpu('/programs', 5000);
  for (const mode of ['plain', 'copy']) {
    expect(next().args).toEqual([mode]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(next().isKilled).toBe(true);
    next().emit('exit', 1);
    await vi.advanceTimersByTimeAsync(0);
  }
  vi.useRealTimers();
  expect(await result).toEqual({
    works: 'none',
    reason: 'The self test of the graphics processor gave no answer within 5000 ms.',
  });
});
