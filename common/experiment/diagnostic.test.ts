// How a problem in a file reads, and in which order problems come.
import { expect, test } from 'vitest';
import { compareDiagnostics, formatDiagnostic } from './diagnostic.ts';

const problem = {
  severity: 'error',
  file: 'a.yaml',
  line: 3,
  column: 5,
  what: 'It is wrong',
  cure: 'Mend it',
} as const;

test('a problem is one line that begins with a place that editors can open', () => {
  expect(formatDiagnostic(problem)).toBe('a.yaml:3:5: error: It is wrong. Mend it.');
});

test('a question keeps its mark', () => {
  expect(formatDiagnostic({ ...problem, cure: 'Did you mean this?' })).toBe(
    'a.yaml:3:5: error: It is wrong. Did you mean this?',
  );
});

test('problems are ordered by file, then line, then column, as numbers', () => {
  const places = [
    ['b.yaml', 1, 1],
    ['a.yaml', 10, 1],
    ['a.yaml', 9, 20],
    ['a.yaml', 9, 3],
  ] as const;
  const sorted = places.map(([file, line, column]) => ({ ...problem, file, line, column })).sort(compareDiagnostics);
  expect(sorted.map(({ file, line, column }) => [file, line, column])).toEqual([
    ['a.yaml', 9, 3],
    ['a.yaml', 9, 20],
    ['a.yaml', 10, 1],
    ['b.yaml', 1, 1],
  ]);
});
