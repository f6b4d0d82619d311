import { expect, test } from 'vitest';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import { type StudyEntry, type StudyReading, studyTaskName } from '../../common/contract/studies.ts';
import type { Task } from './bulletin.svelte.ts';
import type { GiveCommand } from './give-command.ts';
import { Studies } from './studies.svelte.ts';

const entry = (name: string, more: Partial<StudyEntry> = {}): StudyEntry => ({
  file: `/s/${name}.yaml`,
  name,
  title: name,
  description: '',
  isShipped: true,
  task: 'parity',
  rules: [],
  seeds: 3,
  eligible: [],
  problems: [],
  folder: `/r/${name}`,
  progress: 'untouched',
  hasResults: false,
  isRunning: false,
  ...more,
});
const refusal: CommandRefusal = { code: 'not-now', what: 'not now', cure: 'Wait.' };
const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

/** @param studies what the core lists; may be changed while the page looks */
function begin(studies: StudyEntry[], refused: ReadonlySet<string> = new Set()) {
  const asked: string[] = [];
  const refusals: CommandRefusal[] = [];
  const call = (command: string, request: { file?: string; name?: string }) => {
    asked.push(`${command} ${request.file ?? request.name ?? ''}`.trim());
    if (refused.has(command)) return Promise.resolve({ refusal });
    const answers: Record<string, unknown> = {
      'studies.list': { folder: '/r', studies: [...studies] },
      'studies.results': { folder: `of ${request.file}` } as unknown as StudyReading,
      'studies.create': { file: '/s/new.yaml' },
    };
    return Promise.resolve({ answer: answers[command] ?? { done: true } });
  };
  const page = new Studies(call as unknown as GiveCommand, (each) => void refusals.push(each));
  return { page, asked, refusals };
}
const task = (name: string, state: Task['state']): Task => ({
  notice: 'task',
  task: studyTaskName(`/r/${name}`),
  title: name,
  state,
  fraction: 0.5,
});

test('the study that runs is shown first, else the first of the list; results are asked for where there are any', async () => {
  const { page, asked } = begin([entry('a'), entry('b', { isRunning: true, hasResults: true })]);
  await page.refresh();
  expect([page.chosenFile, page.running?.name, page.folder]).toEqual(['/s/b.yaml', 'b', '/r']);
  expect(page.reading?.folder).toBe('of /s/b.yaml');
  await page.choose('/s/a.yaml');
  expect([page.reading, page.chosen?.name]).toEqual([undefined, 'a']);
  expect(asked).toEqual(['studies.list', 'studies.results /s/b.yaml']);
});

test('a choice stays when the list is read again, and hidden rules are those of one study', async () => {
  const { page } = begin([entry('a'), entry('b')]);
  await page.refresh();
  await page.choose('/s/b.yaml');
  page.show('oja', false);
  await page.refresh();
  expect([page.chosenFile, [...page.hidden]]).toEqual(['/s/b.yaml', ['oja']]);
  page.show('oja', true);
  page.show('hebb', false);
  expect([...page.hidden]).toEqual(['hebb']);
  await page.choose('/s/a.yaml');
  expect([...page.hidden]).toEqual([]);
});

test('the answer for a study that is not chosen any more is passed over', async () => {
  const { page } = begin([entry('a', { hasResults: true }), entry('b', { hasResults: true })]);
  await page.refresh();
  await Promise.all([page.choose('/s/a.yaml'), page.choose('/s/b.yaml')]);
  expect(page.reading?.folder).toBe('of /s/b.yaml');
});

test('progress is kept by study; the list is read again when one begins, with each unit, and when it ends, not in between', async () => {
  const studies = [entry('a')];
  const { page, asked } = begin(studies);
  await page.refresh();
  page.note(task('a', 'running'));
  page.note({ ...task('a', 'running'), fraction: 0.7 });
  await settle();
  expect(page.taskOf(studies[0]!)?.fraction).toBe(0.7);
  expect(asked).toEqual(['studies.list', 'studies.list']);
  studies[0] = entry('a', { hasResults: true, progress: 'begun' });
  page.note({ ...task('a', 'running'), what: '1 of 2 units' });
  await settle();
  page.note({ ...task('a', 'running'), what: '1 of 2 units', fraction: 0.8 });
  await settle();
  studies[0] = entry('a', { hasResults: true, progress: 'done' });
  page.note(task('a', 'done'));
  await settle();
  const read = ['studies.list', 'studies.results /s/a.yaml'];
  expect(asked).toEqual(['studies.list', 'studies.list', ...read, ...read]);
  expect(page.reading?.folder).toBe('of /s/a.yaml');
  page.note({ ...task('a', 'done'), task: 'export:/s' });
  expect(page.tasks.size).toBe(1);
});

test('nothing is read before the studies are looked at', async () => {
  const { page, asked } = begin([entry('a')]);
  page.note(task('a', 'running'));
  await settle();
  expect(asked).toEqual([]);
  expect(page.tasks.size).toBe(1);
});

test('a refused start is told, and the control can be pressed again', async () => {
  const { page, refusals } = begin([entry('a')], new Set(['studies.start']));
  await page.refresh();
  const started = page.start('/s/a.yaml');
  expect([...page.pending]).toEqual(['/s/a.yaml']);
  await started;
  expect(refusals).toEqual([refusal]);
  expect(page.pending.size).toBe(0);
  await page.cancel('/s/a.yaml');
  expect(refusals).toHaveLength(1);
});

test('a new study is chosen when it is written; a refusal goes back to its form', async () => {
  const wanted = { from: '/s/a.yaml', name: 'new', title: 'New', rules: ['hebb'], seeds: 2 };
  const good = begin([entry('a'), entry('new')]);
  expect(await good.page.create(wanted)).toBeUndefined();
  expect(good.page.chosen?.name).toBe('new');
  const bad = begin([entry('a')], new Set(['studies.create']));
  expect(await bad.page.create(wanted)).toEqual(refusal);
  expect([bad.refusals, bad.page.entries]).toEqual([[], undefined]);
});

test('results that cannot be read say why', async () => {
  const { page } = begin([entry('a', { hasResults: true })], new Set(['studies.results']));
  await page.refresh();
  expect([page.reading, page.readingProblem]).toEqual([undefined, refusal]);
});
