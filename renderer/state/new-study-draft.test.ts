import { expect, test } from 'vitest';
import type { StudyEntry } from '../../common/contract/studies.ts';
import { draftAfter, draftProblems } from './new-study-draft.ts';

const study = (name: string) =>
  ({
    name,
    title: 'XOR',
    seeds: 4,
    rules: [
      { rule: 'feedback-alignment', label: 'fast' },
      { rule: 'feedback-alignment', label: 'slow' },
    ],
  }) as unknown as StudyEntry;

test('a new study begins as a copy under a free name, each rule once, and nothing is wrong with it', () => {
  const all = [study('parity'), study('parity-2')];
  const draft = draftAfter(all[0]!, all);
  expect(draft).toEqual({ title: 'XOR, 3', name: 'parity-3', seeds: 4, rules: ['feedback-alignment'] });
  expect(Object.values(draftProblems(draft, all))).toEqual(['', '', '', '']);
});

test.each([
  ['title', { title: '  ' }, 'Give it a title.'],
  ['title', { title: 'x'.repeat(121) }, 'At most 120 letters.'],
  ['name', { name: 'parity' }, 'There is a study of this name.'],
  ['name', { name: '../parity' }, expect.stringContaining('Lower-case letters')],
  ['name', { name: '' }, expect.stringContaining('Lower-case letters')],
  ['seeds', { seeds: null }, 'A whole number from 1 to 1000.'],
  ['seeds', { seeds: 1.5 }, 'A whole number from 1 to 1000.'],
  ['seeds', { seeds: 1001 }, 'A whole number from 1 to 1000.'],
  ['rules', { rules: [] }, 'Choose at least one rule.'],
] as const)('what is wrong with %s is said beside it: %j', (field, change, words) => {
  const all = [study('parity')];
  const problems = draftProblems({ ...draftAfter(all[0]!, all), ...change }, all);
  expect(problems[field]).toEqual(words);
  expect(Object.values(problems).filter((problem) => problem !== '')).toHaveLength(1);
});
