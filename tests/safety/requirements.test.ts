// Compares the requirements of docs/interlock.md with the titles of the tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const searched = ['common', 'main', 'simulation', 'analysis', 'tests'];

function testFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(test|e2e)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

const required = new Set(
  [...readFileSync(join(root, 'docs', 'interlock.md'), 'utf8').matchAll(/^\| (S\d\d) +\|/gm)].map(
    ([, number]) => number,
  ),
);
const tested = new Set(
  searched
    .flatMap(testFiles)
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\b(?:it|test|describe)(?:\.\w+\([^)]*\))?\(\s*[`'"](S\d\d)\b/g)].map(
        ([, number]) => number,
      ),
    ),
);

describe('the requirements of the interlock', () => {
  it('are numbered without gaps', () => {
    expect([...required]).toEqual([...required].map((_, index) => `S${String(index + 1).padStart(2, '0')}`));
    expect(required.size).toBeGreaterThan(20);
  });

  it('each have a test whose title begins with the number', () => {
    expect([...required].filter((number) => !tested.has(number))).toEqual([]);
  });

  it('are all that tests refer to', () => {
    expect([...tested].filter((number) => !required.has(number))).toEqual([]);
  });
});
