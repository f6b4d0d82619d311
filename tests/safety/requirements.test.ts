// Compares the requirements and the hazards of docs/interlock.md with the titles of the tests, and the files it names with the tree.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const searched = ['common', 'main', 'simulation', 'analysis', 'renderer', 'tests'];
const document = readFileSync(join(root, 'docs', 'interlock.md'), 'utf8');

const tests = searched.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(test|e2e)\.ts$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
);

/** Numbers that begin a row of a table in the document. */
function listed(letter: string): string[] {
  return [...document.matchAll(new RegExp(`^\\| (${letter}\\d\\d) +\\|`, 'gm'))].map(([, number]) => number!);
}

/** Numbers that begin the title of a test: the first words of a call, or of a `title` in a table of tests. */
function tested(letter: string): Set<string> {
  const title = new RegExp(
    `(?:\\b(?:it|test|describe)(?:\\.\\w+)?(?:\\([^)]*\\))?\\(|title:)\\s*[\`'"](${letter}\\d\\d)\\b`,
    'g',
  );
  return new Set(tests.flatMap((text) => [...text.matchAll(title)].map(([, number]) => number!)));
}

describe.each([
  ['requirements', 'S', 38],
  ['hazards', 'H', 70],
])('the %s of the interlock', (_, letter, least) => {
  it('are listed once, in order', () => {
    const numbers = listed(letter);
    expect(numbers).toEqual([...new Set(numbers)].sort());
    expect(numbers.length).toBeGreaterThanOrEqual(least);
  });

  it('each have a test whose title begins with the number', () => {
    const found = tested(letter);
    expect(listed(letter).filter((number) => !found.has(number))).toEqual([]);
  });

  it('are all that tests refer to', () => {
    const known = new Set(listed(letter));
    expect([...tested(letter)].filter((number) => !known.has(number))).toEqual([]);
  });
});

describe('the requirements of the interlock', () => {
  it('are numbered without gaps', () => {
    const numbers = listed('S');
    expect(numbers).toEqual(numbers.map((__, index) => `S${String(index + 1).padStart(2, '0')}`));
  });

  it('name files and folders that are there', () => {
    const rows = document.split('\n').filter((line) => /^\| [SH]\d\d /.test(line));
    const paths = rows.flatMap((row) =>
      [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, path]) => path!),
    );
    const places = ['', 'main', 'main/rig', 'common'];
    expect(paths.length).toBeGreaterThan(100);
    expect(paths.filter((path) => !places.some((place) => existsSync(join(root, place, path))))).toEqual([]);
  });
});
