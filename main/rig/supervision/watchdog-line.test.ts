import { describe, expect, it } from 'vitest';
import { heardAt, offStatus } from '../hardware/device-status.fixture.ts';
import { type OtherEnd, withOtherEnd } from '../message-line.fixture.ts';
import { WatchdogLine } from './watchdog-line.ts';
import type { FromWatchdog, ToWatchdog } from './watchdog-messages.ts';

const device = { kind: 'socket', address: 'here', token: 'secret' } as const;

const withLine = (body: (line: WatchdogLine, watchdog: OtherEnd<ToWatchdog, FromWatchdog>) => Promise<void>) =>
  withOtherEnd((port) => new WatchdogLine(port), body);

const answered = (promise: Promise<unknown>) => {
  const state = { isAnswered: false };
  void promise.then(() => (state.isAnswered = true));
  return state;
};

/** A rig that writes down what it hears. */
function listening(line: WatchdogLine): unknown[][] {
  const heard: unknown[][] = [];
  line.listen({
    onStopped: (...values) => void heard.push(['stopped', ...values]),
    onLost: (...values) => void heard.push(['lost', ...values]),
    onStatus: (...values) => void heard.push(['status', ...values]),
  });
  return heard;
}

describe('WatchdogLine', () => {
  it('says where the stimulator is, and resolves when the watchdog has its handle', () =>
    withLine(async (line, { sent, say, received }) => {
      const attached = line.attach(device, 50);
      await received(1);
      expect(sent).toEqual([{ kind: 'attach', device, beatMaxMilliseconds: 50 }]);
      await say({ kind: 'attached' });
      expect(await attached).toBeUndefined();
    }));

  it('says why the watchdog could not open its handle, to whoever asked and to nobody else', () =>
    withLine(async (line, { say }) => {
      const heard = listening(line);
      const attached = line.attach(device, 50);
      await say({ kind: 'lost', message: 'nobody listens' });
      expect(await attached).toBe('nobody listens');
      expect(heard).toEqual([]);
    }));

  it('passes on what the watchdog says while a handle is being opened', () =>
    withLine(async (line, { say }) => {
      const heard = listening(line);
      const attached = line.attach(device, 50);
      await say({ kind: 'stopped', cause: 'rig-gone', silentMilliseconds: 3 }, { kind: 'attached' });
      await attached;
      expect(heard).toEqual([['stopped', 'rig-gone', 3]]);
    }));

  it('S09: resolves only when the watchdog guards the session that was named', () =>
    withLine(async (line, { sent, say, received }) => {
      const guarded = line.guard(7);
      const state = answered(guarded);
      await received(1);
      expect(sent).toEqual([{ kind: 'session', session: 7 }]);
      await say({ kind: 'guarding', session: 6 }, { kind: 'attached' });
      expect(state.isAnswered).toBe(false);
      await say({ kind: 'guarding', session: 7 });
      await guarded;
    }));

  it('waits for the newest session only', () =>
    withLine(async (line, { say }) => {
      const first = answered(line.guard(7));
      const second = line.guard(8);
      await say({ kind: 'guarding', session: 7 }, { kind: 'guarding', session: 8 });
      await second;
      expect(first.isAnswered).toBe(false);
    }));

  it('passes over a guard that nobody asked for', () =>
    withLine(async (line, { say }) => {
      const heard = listening(line);
      await say({ kind: 'guarding', session: 7 }, { kind: 'attached' });
      expect(heard).toEqual([]);
    }));

  it('S16: tells that the watchdog stopped and why, that it lost its handle, and what the device says there', () =>
    withLine(async (line, { say }) => {
      const heard = listening(line);
      const status = heardAt(9, offStatus({ deviceMicroseconds: 40 }));
      await say(
        { kind: 'stopped', cause: 'beat-late', silentMilliseconds: 51 },
        { kind: 'lost', message: 'the cable was pulled' },
        { kind: 'status', status },
      );
      expect(heard).toEqual([
        ['stopped', 'beat-late', 51],
        ['lost', 'the cable was pulled'],
        ['status', status],
      ]);
    }));

  it('tells nobody when nobody listens any more', () =>
    withLine(async (line, { say }) => {
      const status = heardAt(9, offStatus());
      const all: FromWatchdog[] = [
        { kind: 'stopped', cause: 'wrong-state', silentMilliseconds: 0 },
        { kind: 'lost', message: '' },
        { kind: 'status', status },
      ];
      await say(...all);
      const heard = listening(line);
      line.listen(undefined);
      await say(...all);
      expect(heard).toEqual([]);
    }));

  it('asks the watchdog to give its handle back, and to end', () =>
    withLine(async (line, { sent, received }) => {
      line.detach();
      line.end();
      await received(2);
      expect(sent).toEqual([{ kind: 'detach' }, { kind: 'end' }]);
    }));
});
