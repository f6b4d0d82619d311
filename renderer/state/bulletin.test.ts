import { expect, test } from 'vitest';
import { FakePageTime } from '../time/fake-page-time.ts';
import { Bulletin } from './bulletin.svelte.ts';

test('what is good to know goes by itself, a refusal stays until it is closed', () => {
  const time = new FakePageTime();
  const bulletin = new Bulletin(time);
  bulletin.say('Mark at 00:00:01.000');
  bulletin.refuse({ code: 'not-now', what: 'no recording is running', cure: 'Start one first.' });
  time.advance(5000);
  expect(bulletin.messages).toMatchObject([{ text: 'no recording is running', cure: 'Start one first.' }]);
  bulletin.dismissMessage(bulletin.messages[0]!.id);
  expect(bulletin.messages).toEqual([]);
});

test('the same words twice are one message, and older ones give way', () => {
  const bulletin = new Bulletin(new FakePageTime());
  for (const text of ['a', 'b', 'a', 'c', 'd', 'e']) bulletin.take({ notice: 'message', level: 'warning', text });
  expect(bulletin.messages.map(({ text }) => text)).toEqual(['a', 'c', 'd', 'e']);
});

test('a task is one line from its beginning to its end', () => {
  const time = new FakePageTime();
  const bulletin = new Bulletin(time);
  const task = { notice: 'task', task: 'export:/s', title: 'Exporting to NWB' } as const;
  bulletin.take({ ...task, state: 'running', fraction: 0.2 });
  bulletin.take({ ...task, state: 'done', fraction: 1, result: '/s/session.nwb' });
  expect(bulletin.tasks).toMatchObject([{ state: 'done', result: '/s/session.nwb' }]);
  time.advance(10_000);
  expect(bulletin.tasks).toEqual([]);
});

test('a task that somebody stopped goes by itself, as one that is done', () => {
  const time = new FakePageTime();
  const bulletin = new Bulletin(time);
  bulletin.take({ notice: 'task', task: 'study', title: 'Study', state: 'stopped', fraction: 0.4 });
  expect(bulletin.tasks).toHaveLength(1);
  time.advance(10_000);
  expect(bulletin.tasks).toEqual([]);
});

test('a task that failed stays until it is closed', () => {
  const time = new FakePageTime();
  const bulletin = new Bulletin(time);
  bulletin.take({
    notice: 'task',
    task: 'export:/s',
    title: 'Exporting',
    state: 'failed',
    fraction: 1,
    problem: 'the disk is full',
  });
  time.advance(60_000);
  expect(bulletin.tasks).toHaveLength(1);
  bulletin.dismissTask('export:/s');
  expect(bulletin.tasks).toEqual([]);
});
