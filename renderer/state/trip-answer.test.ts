import { expect, test } from 'vitest';
import type { FaultCode } from '../../common/contract/faults.ts';
import { rigStatus } from '../dev/scenes.ts';
import type { GiveCommand } from './give-command.ts';
import { TripAnswer } from './trip-answer.svelte.ts';

function tripped(code: FaultCode) {
  const status = rigStatus('recording', 'tripped');
  status.interlock.firstCause = { code, message: 'something happened', atSeconds: 3 };
  return status;
}

function begin(outcome: unknown = { answer: { done: true } }) {
  const named: unknown[] = [];
  const call = (_: string, request: unknown) => {
    named.push(request);
    return Promise.resolve(outcome);
  };
  return { named, answer: new TripAnswer(call as unknown as GiveCommand) };
}

test('H63: nothing is chosen beforehand, and without a choice nothing is acknowledged', async () => {
  const { named, answer } = begin();
  answer.note(tripped('late-tick'));
  expect(answer.chosen).toBeUndefined();
  await answer.acknowledge();
  expect(named).toEqual([]);
});

test('H63: a choice is for one trip; the next one begins without', () => {
  const { answer } = begin();
  answer.note(tripped('late-tick'));
  answer.choose('late-tick');
  answer.note(tripped('late-tick'));
  expect(answer.chosen).toBe('late-tick');
  answer.note(rigStatus('recording', 'safe'));
  answer.note(tripped('late-tick'));
  expect(answer.chosen).toBeUndefined();
  answer.choose('late-tick');
  answer.note(tripped('samples-lost'));
  expect(answer.chosen).toBeUndefined();
});

test('what was chosen is named to the rig', async () => {
  const { named, answer } = begin();
  answer.note(tripped('imbalance'));
  answer.choose('imbalance');
  await answer.acknowledge();
  expect(named).toEqual([{ cause: 'imbalance' }]);
  expect(answer.refused).toBe('');
});

test('a wrong cause is refused in words until another one is chosen', async () => {
  const refusal = { code: 'not-now', what: 'this was not the cause', cure: 'Read the card again.' };
  const { answer } = begin({ refusal });
  answer.note(tripped('imbalance'));
  answer.choose('late-tick');
  await answer.acknowledge();
  expect(answer.refused).toBe('This was not the cause. Read the card again.');
  answer.choose('imbalance');
  expect(answer.refused).toBe('');
});
