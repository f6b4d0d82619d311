import { expect, test } from 'vitest';
import { rigStatus } from '../dev/scenes.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import { type SendStop, StopControl } from './stop-control.svelte.ts';

const settle = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

function begin(send: () => ReturnType<SendStop> = () => Promise.resolve('answered')) {
  const time = new FakePageTime();
  let sends = 0;
  const stop = new StopControl(() => {
    sends++;
    return send();
  }, time);
  return { time, stop, sends: () => sends };
}

function off() {
  const status = rigStatus('recording', 'safe');
  status.interlock.isOutputOn = false;
  return status;
}

test('H45: stop is sent in the moment of the press', () => {
  const { stop, sends } = begin();
  stop.press();
  expect(sends()).toBe(1);
  stop.dispose();
});

test('H45: stop is sent again, ever more slowly but at least once a second, until the rig confirms that the output is off', async () => {
  const { time, stop, sends } = begin();
  stop.press();
  await settle();
  const stimulating = rigStatus('recording', 'stimulating');
  stimulating.interlock.isOutputOn = true;
  stop.note(stimulating);
  time.advance(10_000);
  expect(sends()).toBeGreaterThanOrEqual(12);
  stop.note(rigStatus('recording', 'stopping'));
  expect(stop.progress).toMatchObject({ kind: 'sent', isOverdue: true });
  stop.note(off());
  expect(stop.progress).toEqual({ kind: 'confirmed', afterMs: 10_000 });
  const before = sends();
  time.advance(10_000);
  expect(sends()).toBe(before);
  expect(time.pending).toBe(0);
});

test('H44: a status from before the answer confirms nothing', async () => {
  const { time, stop } = begin();
  stop.press();
  stop.note(off());
  expect(stop.progress.kind).toBe('sent');
  await settle();
  time.advance(41);
  stop.note(off());
  expect(stop.progress).toEqual({ kind: 'confirmed', afterMs: 41 });
});

test('off is what the device says, not what the state is called', async () => {
  const { stop } = begin();
  stop.press();
  await settle();
  const status = off();
  status.interlock.isOutputOn = null;
  stop.note(status);
  expect(stop.progress.kind).toBe('sent');
  stop.dispose();
});

test('H43: a page that lost its connection sends stop again and again until it has one', async () => {
  let isConnected = false;
  const { time, stop, sends } = begin(() => Promise.resolve(isConnected ? 'answered' : 'not-sent'));
  stop.press();
  await settle();
  stop.note(off());
  time.advance(5000);
  expect(stop.progress.kind).toBe('sent');
  isConnected = true;
  time.advance(1000);
  await settle();
  stop.note(off());
  expect(stop.progress.kind).toBe('confirmed');
  expect(sends()).toBeGreaterThan(5);
});

test('a further press sends once more at once and keeps the time of the first', async () => {
  const { time, stop, sends } = begin();
  stop.press();
  time.advance(20);
  stop.press();
  expect(sends()).toBe(2);
  await settle();
  stop.note(off());
  expect(stop.progress).toEqual({ kind: 'confirmed', afterMs: 20 });
});

test('with nothing connected it says so and does not claim that an output is off', async () => {
  const { stop } = begin();
  stop.press();
  await settle();
  stop.note(rigStatus('idle', 'safe'));
  expect(stop.progress).toEqual({ kind: 'nothing-connected' });
});

test('a confirmed stop is shown until the rig is armed again, and no longer', async () => {
  const { stop } = begin();
  stop.press();
  await settle();
  stop.note(off());
  expect(stop.progress.kind).toBe('confirmed');
  stop.note(rigStatus('live', 'prearmed'));
  expect(stop.progress.kind).toBe('confirmed');
  stop.note(rigStatus('live', 'armed'));
  expect(stop.progress.kind).toBe('idle');
});
