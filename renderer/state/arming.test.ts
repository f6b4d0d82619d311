import { expect, test } from 'vitest';
import type { CommandName } from '../../common/contract/commands.ts';
import { armingSummary } from '../dev/fake-arming.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import { Arming } from './arming.svelte.ts';
import type { GiveCommand } from './give-command.ts';

const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
const summary = armingSummary;

function begin(answers: Partial<Record<CommandName, unknown>> = { 'arm.request': { answer: summary } }) {
  const time = new FakePageTime();
  const given: { command: CommandName; request: unknown }[] = [];
  let armed = 0;
  const give = (command: CommandName, request: unknown) => {
    given.push({ command, request });
    return Promise.resolve(answers[command] ?? { answer: { done: true } });
  };
  const arming = new Arming(give as GiveCommand, time, () => armed++);
  return { time, arming, given, commands: () => given.map(({ command }) => command), armed: () => armed };
}

test('the first control asks for the self-test and the second, held in time, confirms', async () => {
  const { time, arming, given, armed } = begin();
  await arming.request('Ana');
  expect(arming.current).toEqual({ step: 'summary', summary });
  arming.hold.press();
  time.advance(1020);
  await settle();
  expect(given).toEqual([
    { command: 'arm.request', request: { operator: 'Ana' } },
    { command: 'arm.confirm', request: { heldMilliseconds: 1008 } },
  ]);
  expect(armed()).toBe(1);
  expect(arming.current.step).toBe('closed');
  expect(time.pending).toBe(0);
});

test('after fifteen seconds the second control is gone, also while it is held', async () => {
  const { time, arming, commands } = begin();
  await arming.request('Ana');
  time.advance(14_500);
  expect(arming.secondsLeft).toBeCloseTo(0.5);
  arming.hold.press();
  time.advance(2000);
  expect(arming.current.step).toBe('expired');
  expect(commands()).toEqual(['arm.request']);
});

test('a rig that stops waiting closes the sheet; a status older than the answer does not', async () => {
  const { arming } = begin();
  await arming.request('Ana');
  arming.note('safe');
  expect(arming.current.step).toBe('summary');
  arming.note('prearmed');
  arming.note('stopping');
  expect(arming.current.step).toBe('closed');
  arming.dispose();
});

test('failed checks stay to be read and cannot be held away', async () => {
  const failed = {
    ...summary,
    isReady: false,
    checks: [{ check: 'stop is obeyed', isPassed: false, detail: 'no answer' }],
  };
  const { time, arming, commands } = begin({ 'arm.request': { answer: failed } });
  await arming.request('Ana');
  arming.note('safe');
  time.advance(20_000);
  expect(arming.current).toEqual({ step: 'summary', summary: failed });
  expect(commands()).toEqual(['arm.request']);
});

test('a refusal is shown in its words and nothing is armed', async () => {
  const refusal = { code: 'not-now', what: 'the rig is tripped', cure: 'Reset it.' };
  const { arming, armed } = begin({ 'arm.request': { refusal } });
  await arming.request('Ana');
  expect(arming.current).toEqual({ step: 'refused', refusal });
  expect(armed()).toBe(0);
});

test('cancelling tells the rig', async () => {
  const { time, arming, commands } = begin();
  await arming.request('Ana');
  arming.cancel();
  expect(commands()).toEqual(['arm.request', 'arm.cancel']);
  expect(arming.current.step).toBe('closed');
  expect(time.pending).toBe(0);
});

test('H62: the serial number is typed before the self-test, and anew each time', async () => {
  const { arming, given } = begin();
  arming.identify();
  expect(arming.current).toEqual({ step: 'identify' });
  arming.probe = ' VR-0042 ';
  await arming.request('Ana');
  expect(given).toEqual([{ command: 'arm.request', request: { operator: 'Ana', probe: 'VR-0042' } }]);
  arming.cancel();
  arming.identify();
  expect(arming.probe).toBe('');
  arming.dispose();
});

test('where two persons are needed the second control is dead until a second one is named', async () => {
  const { time, arming, given } = begin({ 'arm.request': { answer: { ...summary, needsSecondPerson: true } } });
  await arming.request('Ana');
  for (const name of ['', '  ', 'Ana', ' ana ']) {
    arming.secondPerson = name;
    expect(arming.holdReason).not.toBe('');
    arming.pressHold();
    time.advance(1100);
  }
  expect(given).toHaveLength(1);
  arming.secondPerson = ' Ben ';
  expect(arming.holdReason).toBe('');
  arming.pressHold();
  time.advance(1100);
  await settle();
  expect(given[1]).toEqual({ command: 'arm.confirm', request: { heldMilliseconds: 1008, secondPerson: 'Ben' } });
});
