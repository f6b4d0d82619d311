import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type ControlBlock, controlWord, createControlBlock, requestStop } from '../../../common/base/control-block.ts';
import type { DeviceKeepAlive } from '../hardware/device.ts';
import type { FromWatchdog, ToWatchdog } from './watchdog-messages.ts';
import { startWatchdog } from './watchdog.ts';

interface Watched {
  control: ControlBlock;
  port: MessagePort;
  calls: string[];
  send(message: ToWatchdog): void;
  until(condition: () => boolean): Promise<void>;
  messages: FromWatchdog[];
}

/** A watchdog on a fake handle, attached and with an armed session; the test is the rig thread. */
async function withWatchdog(beatMaxMilliseconds: number, body: (watched: Watched) => Promise<void>): Promise<void> {
  const control = createControlBlock();
  const { port1, port2 } = new MessageChannel();
  const calls: string[] = [];
  const messages: FromWatchdog[] = [];
  const nothing = () => ({ dispose() {} });
  const handle = {
    renew: (session: number) => void calls.push(`renew ${session}`),
    stop: (session?: number) => void calls.push(`stop ${session ?? ''}`.trim()),
    onStatus: nothing,
    onClosed: nothing,
    dispose: () => void calls.push('dispose'),
  } as unknown as DeviceKeepAlive;
  port1.on('message', (message: FromWatchdog) => messages.push(message));
  startWatchdog({ control, port: port2 }, () => Promise.resolve(handle));
  const send = (message: ToWatchdog) => port1.postMessage(message);
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  };
  send({ kind: 'attach', address: '', token: '', beatMaxMilliseconds });
  await until(() => messages.some(({ kind }) => kind === 'attached'));
  send({ kind: 'session', session: 42 });
  await body({ control, port: port1, calls, send, until, messages });
  const closed = once(port1, 'close');
  send({ kind: 'end' });
  await closed;
  expect(calls.at(-1)).toBe('dispose');
}

describe('the watchdog', () => {
  it('renews the lease while the rig thread works and wants it', () =>
    withWatchdog(60_000, async ({ control, calls, until }) => {
      Atomics.store(control, controlWord.isLeaseWanted, 1);
      await until(() => calls.filter((call) => call === 'renew 42').length >= 2);
      expect(calls).not.toContain('stop 42');
    }));

  it('renews nothing that the rig does not want', () =>
    withWatchdog(60_000, async ({ control, calls, until }) => {
      const before = Atomics.load(control, controlWord.watchdogBeat);
      await until(() => Atomics.load(control, controlWord.watchdogBeat) - before > 8);
      expect(calls).toEqual([]);
    }));

  it('S16: stops and says so when the rig thread completes no work, and renews no more', () =>
    withWatchdog(30, async ({ control, calls, until, messages }) => {
      Atomics.store(control, controlWord.isLeaseWanted, 1);
      await until(() => messages.some(({ kind }) => kind === 'stopped'));
      expect(calls).toContain('stop 42');
      expect(Atomics.load(control, controlWord.watchdogStops)).toBe(1);
      const renewals = calls.filter((call) => call === 'renew 42').length;
      const before = Atomics.load(control, controlWord.watchdogBeat);
      await until(() => Atomics.load(control, controlWord.watchdogBeat) - before > 8);
      expect(calls.filter((call) => call === 'renew 42').length).toBe(renewals);
    }));

  it('S15: stops on a stop request from any thread without a message', () =>
    withWatchdog(60_000, async ({ control, calls, until }) => {
      requestStop(control);
      await until(() => calls.includes('stop 42'));
    }));

  it('S17: stops when the rig thread’s line closes', async () => {
    const control = createControlBlock();
    const { port1, port2 } = new MessageChannel();
    const calls: string[] = [];
    const nothing = () => ({ dispose() {} });
    const handle = {
      stop: () => void calls.push('stop'),
      onStatus: nothing,
      onClosed: nothing,
      dispose: () => void calls.push('dispose'),
    } as unknown as DeviceKeepAlive;
    const attached = once(port1, 'message');
    startWatchdog({ control, port: port2 }, () => Promise.resolve(handle));
    port1.postMessage({ kind: 'attach', address: '', token: '', beatMaxMilliseconds: 60_000 } satisfies ToWatchdog);
    await attached;
    port1.close();
    while (!calls.includes('dispose')) await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toEqual(['stop', 'dispose']);
  });
});
