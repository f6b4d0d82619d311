import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { type ControlBlock, controlWord, createControlBlock, requestStop } from '../../../common/base/control-block.ts';
import { interlockStates } from '../../../common/contract/interlock-states.ts';
import type { DeviceKeepAlive } from '../hardware/device.ts';
import { heardAt, offStatus } from '../hardware/device-status.fixture.ts';
import { completeWork } from './watchdog-core.ts';
import { FakeKeepAlive } from './watchdog.fixture.ts';
import type { DeviceAddress, FromWatchdog, ToWatchdog } from './watchdog-messages.ts';
import { type ConnectKeepAlive, startWatchdog } from './watchdog.ts';

const session = 42;
const here = { kind: 'socket', address: 'here', token: 'secret' } as const;
/** Longer than any of these tests. */
const neverLateMilliseconds = 60_000;

const turn = () => new Promise((resolve) => setImmediate(resolve));

interface Watched {
  control: ControlBlock;
  messages: FromWatchdog[];
  send(message: ToWatchdog): void;
  attach(beatMaxMilliseconds?: number): void;
  until(condition: () => boolean): Promise<void>;
  /** So many rounds of the watchdog. */
  rounds(count: number): Promise<void>;
  /** The rig thread is gone. */
  die(): void;
}

/** A watchdog whose rig thread is the test; it shares the test's thread and blocks it for 5 ms in each round. */
async function withWatchdog(connect: ConnectKeepAlive, body: (watched: Watched) => Promise<void>): Promise<void> {
  const control = createControlBlock();
  const { port1, port2 } = new MessageChannel();
  const messages: FromWatchdog[] = [];
  port1.on('message', (message: FromWatchdog) => void messages.push(message));
  const closed = Promise.all([once(port1, 'close'), once(port2, 'close')]);
  startWatchdog({ control, port: port2 }, connect);
  const until = async (condition: () => boolean) => {
    while (!condition()) await turn();
  };
  const send = (message: ToWatchdog) => port1.postMessage(message);
  const beat = () => Atomics.load(control, controlWord.watchdogBeat);
  await body({
    control,
    messages,
    send,
    until,
    attach: (beatMaxMilliseconds = neverLateMilliseconds) =>
      send({ kind: 'attach', device: here, beatMaxMilliseconds }),
    async rounds(count) {
      const before = beat();
      await until(() => beat() - before >= count);
    },
    die: () => port1.close(),
  });
  send({ kind: 'end' });
  await closed;
}

/** Attached, stimulating, with an armed session and a lease that is wanted. */
async function withArmedWatchdog(
  beatMaxMilliseconds: number,
  body: (watched: Watched & { device: FakeKeepAlive }) => Promise<void>,
): Promise<FakeKeepAlive> {
  const device = new FakeKeepAlive();
  await withWatchdog(
    () => Promise.resolve(device.handle),
    async (watched) => {
      const { control, messages, send, attach, until } = watched;
      attach(beatMaxMilliseconds);
      await until(() => messages.length === 1);
      Atomics.store(control, controlWord.interlockState, interlockStates.indexOf('stimulating'));
      Atomics.store(control, controlWord.isLeaseWanted, 1);
      send({ kind: 'session', session });
      await until(() => messages.length === 2);
      expect(messages).toEqual([{ kind: 'attached' }, { kind: 'guarding', session }]);
      await body({ ...watched, device });
    },
  );
  return device;
}

describe('the watchdog', () => {
  it('renews the lease while the rig thread completes work', () =>
    withArmedWatchdog(neverLateMilliseconds, async ({ control, device, until }) => {
      await until(() => {
        completeWork(control);
        return device.calls.length >= 3;
      });
      expect(new Set(device.calls)).toEqual(new Set([`renew ${session}`]));
    }));

  it('H40: renews nothing for a beat without work behind it', () =>
    withArmedWatchdog(neverLateMilliseconds, async ({ control, device, rounds }) => {
      Atomics.add(control, controlWord.rigBeat, 1);
      await rounds(8);
      expect(device.calls).toEqual([]);
    }));

  it('S16: stops and says so when the rig thread completes no work, and renews no more', () =>
    withArmedWatchdog(30, async ({ control, device, messages, until, rounds }) => {
      await until(() => messages.length === 3);
      expect(messages[2]).toMatchObject({ kind: 'stopped', cause: 'beat-late' });
      expect((messages[2] as { silentMilliseconds: number }).silentMilliseconds).toBeGreaterThan(30);
      expect(Atomics.load(control, controlWord.watchdogStops)).toBe(1);
      completeWork(control);
      await rounds(8);
      expect(device.calls).toEqual([`stop ${session}`]);
    }));

  it('S15: stops on a stop request from any thread without a message', () =>
    withArmedWatchdog(neverLateMilliseconds, async ({ control, device, messages, until }) => {
      requestStop(control);
      await until(() => device.calls.length > 0);
      expect(device.calls).toEqual([`stop ${session}`]);
      expect(messages.length).toBe(2);
    }));

  it('H42: stops, gives the handle back and ends when the rig thread’s port closes', async () => {
    const device = await withArmedWatchdog(neverLateMilliseconds, ({ die, device: { calls }, until }) => {
      die();
      return until(() => calls.includes('dispose'));
    });
    expect(device.calls).toEqual([`stop ${session}`, 'dispose']);
  });

  it('stops and gives the handle back at its end', async () => {
    const device = await withArmedWatchdog(neverLateMilliseconds, () => Promise.resolve());
    expect(device.calls).toEqual([`stop ${session}`, 'dispose']);
  });

  it('opens its handle with the address and the token that it is given', async () => {
    const asked: DeviceAddress[] = [];
    const connect: ConnectKeepAlive = (where) => {
      asked.push(where);
      return Promise.resolve(new FakeKeepAlive().handle);
    };
    await withWatchdog(connect, async ({ attach, messages, until }) => {
      attach();
      await until(() => messages.length > 0);
      expect(asked).toEqual([here]);
    });
  });

  it('tells what the device says through its handle, and that it has lost it', () => {
    const device = new FakeKeepAlive();
    const connect = () => Promise.resolve(device.handle);
    return withWatchdog(connect, async ({ attach, messages, until }) => {
      attach();
      await until(() => messages.length === 1);
      const status = heardAt(5, offStatus({ deviceMicroseconds: 77 }));
      device.say(status);
      device.close('the cable was pulled');
      await until(() => messages.length === 3);
      expect(messages.slice(1)).toEqual([
        { kind: 'status', status },
        { kind: 'lost', message: 'the cable was pulled' },
      ]);
    });
  });

  it.each([
    [new Error('nobody listens'), 'nobody listens'],
    ['refused', 'refused'],
  ])('says in words why its handle could not be opened: %s', (reason, message) =>
    withWatchdog(
      () => Promise.reject(reason),
      async ({ attach, messages, until }) => {
        attach();
        await until(() => messages.length > 0);
        expect(messages).toEqual([{ kind: 'lost', message }]);
      },
    ),
  );

  it('gives its handle back when it is asked to, and before it opens another', async () => {
    const devices = [new FakeKeepAlive(), new FakeKeepAlive(), new FakeKeepAlive()];
    const handles = devices.map(({ handle }) => handle);
    const connect = () => Promise.resolve(handles.shift()!);
    await withWatchdog(connect, async ({ attach, messages, send, until }) => {
      attach();
      await until(() => messages.length === 1);
      send({ kind: 'detach' });
      await until(() => devices[0]!.calls.length === 2);
      attach();
      await until(() => messages.length === 2);
      expect(devices[1]!.calls).toEqual([]);
      attach();
      await until(() => messages.length === 3);
    });
    expect(devices.map(({ calls }) => calls)).toEqual([
      ['stop', 'dispose'],
      ['stop', 'dispose'],
      ['stop', 'dispose'],
    ]);
  });

  describe('asked for a handle that is slow to open', () => {
    /** The test opens it. */
    function slow() {
      const device = new FakeKeepAlive();
      let settle: { open(): void; fail(): void } | undefined;
      const connect = () =>
        new Promise<DeviceKeepAlive>((resolve, reject) => {
          settle = { open: () => resolve(device.handle), fail: () => reject(new Error('too late')) };
        });
      return {
        device,
        connect,
        isAsked: () => settle !== undefined,
        open: () => settle!.open(),
        fail: () => settle!.fail(),
      };
    }

    it('closes it again when it has been given back meanwhile', () => {
      const { device, connect, isAsked, open } = slow();
      return withWatchdog(connect, async ({ attach, send, rounds, until, messages }) => {
        attach();
        await until(isAsked);
        send({ kind: 'detach' });
        await rounds(3);
        open();
        await rounds(3);
        expect(device.calls).toEqual(['dispose']);
        expect(messages).toEqual([]);
      });
    });

    it('tells nobody that it could not be opened when nobody waits any more', () => {
      const { connect, isAsked, fail } = slow();
      return withWatchdog(connect, async ({ attach, send, rounds, until, messages }) => {
        attach();
        await until(isAsked);
        send({ kind: 'detach' });
        await rounds(3);
        fail();
        await rounds(3);
        expect(messages).toEqual([]);
      });
    });

    it('H42: closes it again when the rig thread is gone meanwhile', async () => {
      const { device, connect, isAsked, open } = slow();
      await withWatchdog(connect, async ({ attach, die, until }) => {
        attach();
        await until(isAsked);
        die();
      });
      open();
      await turn();
      expect(device.calls).toEqual(['dispose']);
    });
  });
});
