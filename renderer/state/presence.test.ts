import { expect, test } from 'vitest';
import type { CommandName } from '../../common/contract/commands.ts';
import { interlockStates } from '../../common/contract/interlock-states.ts';
import { rigStatus } from '../dev/scenes.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import type { GiveCommand } from './give-command.ts';
import { isSignDue, Presence } from './presence.svelte.ts';

const settle = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

function begin(answer: () => Promise<unknown> = () => Promise.resolve({ answer: { done: true } })) {
  const time = new FakePageTime();
  const told: { atMs: number; isHeld: boolean }[] = [];
  const call = (command: CommandName, request: { isHeld: boolean }) => {
    expect(command).toBe('presence.confirm');
    told.push({ atMs: time.nowMs(), isHeld: request.isHeld });
    return answer();
  };
  return { time, told, presence: new Presence(call as GiveCommand, time) };
}

test('H65: keys and clicks are a sign of the operator, told at once and then at most every ten seconds', () => {
  const { time, told, presence } = begin();
  for (let pressed = 0; pressed < 250; pressed++) {
    presence.noteInput();
    time.advance(100);
  }
  expect(told).toEqual([0, 10_000, 20_000].map((atMs) => ({ atMs, isHeld: false })));
});

test('H65: no sign is sent without the operator', () => {
  const { time, told } = begin();
  time.advance(900_000);
  expect(told).toEqual([]);
});

test('"I am here" is told at once, however short ago the last sign was', () => {
  const { time, told, presence } = begin();
  presence.noteInput();
  time.advance(50);
  presence.confirm();
  expect(told.map(({ atMs }) => atMs)).toEqual([0, 50]);
});

test('H65: the held control is told at once and every half second, and no longer than it is held', async () => {
  const { time, told, presence } = begin();
  presence.hold();
  presence.hold();
  for (let step = 0; step < 4; step++) {
    await settle();
    time.advance(500);
  }
  expect(presence.isHolding).toBe(true);
  presence.release();
  time.advance(5000);
  expect(told).toEqual([
    ...[0, 500, 1000, 1500, 2000].map((atMs) => ({ atMs, isHeld: true })),
    { atMs: 2000, isHeld: false },
  ]);
  expect(time.pending).toBe(0);
});

test('H65: while the rig does not answer, no further word of holding waits in a queue', async () => {
  let answerLate: (outcome: unknown) => void = () => undefined;
  const { time, told, presence } = begin(() => new Promise((resolve) => (answerLate = resolve)));
  presence.hold();
  time.advance(10_000);
  expect(told).toHaveLength(1);
  answerLate({ answer: { done: true } });
  await settle();
  time.advance(500);
  expect(told).toHaveLength(2);
  presence.dispose();
  expect(time.pending).toBe(0);
});

test('H65: the operator is reminded in the last minute, and only while current may flow', () => {
  const remindedIn = (dueSeconds: number) =>
    interlockStates.filter((state) => {
      const status = rigStatus('recording', state);
      status.interlock.presence.dueSeconds = dueSeconds;
      return isSignDue(status);
    });
  expect(remindedIn(60)).toEqual([]);
  expect(remindedIn(59.9)).toEqual(['armed', 'stimulating']);
  expect(remindedIn(-3)).toEqual(['armed', 'stimulating']);
});
