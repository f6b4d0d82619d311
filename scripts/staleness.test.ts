// Set-up is repeated exactly when something has changed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashInputs, isBuilt, writeStamp } from './build-stamp.mjs';
import { areDependenciesInstalled } from './set-up.mjs';

let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'exocortex-stale-'));
});
afterEach(() => rmSync(checkout, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), text);
}

describe('a build', () => {
  beforeEach(() => {
    write('main/rig/start-rig.ts', 'one');
    write('dist/programs/exocortex.js', 'built');
    writeStamp(join(checkout, 'dist'), hashInputs(checkout), ['programs/exocortex.js']);
  });

  test('is current while no source changes', () => {
    expect(isBuilt(checkout)).toBe(true);
  });

  test.each([
    ['a changed source', 'main/rig/start-rig.ts'],
    ['a new source', 'renderer/views/Run.svelte'],
    ['a changed lock file', 'package-lock.json'],
  ])('is stale after %s', (_, path) => {
    write(path, 'two');
    expect(isBuilt(checkout)).toBe(false);
  });

  test('does not depend on tests and on what is built from C++', () => {
    write('main/rig/start-rig.test.ts', 'test');
    write('native/build/config.json', 'built');
    expect(isBuilt(checkout)).toBe(true);
  });

  test('is stale when one of its files is missing', () => {
    rmSync(join(checkout, 'dist/programs/exocortex.js'));
    expect(isBuilt(checkout)).toBe(false);
  });
});

describe('the dependencies', () => {
  const lock = (packages: Record<string, object>): string => JSON.stringify({ packages });
  beforeEach(() => {
    write(
      'package-lock.json',
      lock({
        '': {},
        'node_modules/ws': { version: '8.0.0' },
        'node_modules/only-there': { version: '1.0.0', optional: true },
      }),
    );
  });

  test('are installed when npm has what the lock file names, optional packages aside', () => {
    write('node_modules/.package-lock.json', lock({ 'node_modules/ws': { version: '8.0.0' } }));
    expect(areDependenciesInstalled(checkout)).toBe(true);
  });

  test('are stale when a version differs', () => {
    write('node_modules/.package-lock.json', lock({ 'node_modules/ws': { version: '7.9.0' } }));
    expect(areDependenciesInstalled(checkout)).toBe(false);
  });

  test('are missing when npm has finished no installation', () => {
    mkdirSync(join(checkout, 'node_modules/ws'), { recursive: true });
    expect(areDependenciesInstalled(checkout)).toBe(false);
  });
});
