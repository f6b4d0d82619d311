// A test file that changes its process, or starts what could outlive it, is found; every other one shares a process.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needsOwnProcess, testsWithOwnProcess } from './own-process.mjs';

let root = '';
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'exocortex-own-process-'))));
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, ...lines: string[]): string {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), lines.join('\n'));
  return file;
}

/** Put together here: this file itself changes nothing. */
const mocking = ['v', "i.mock('./b.ts');"].join('');
const starting = ["import { spawn } from 'node:child", "_process';"].join('');

describe('a process of its own', () => {
  it.each([
    ['puts a module in the place of another', mocking],
    ['puts its own timers in the place of the real ones', ['v', 'i.useFakeTimers();'].join('')],
    ['changes the environment', ['process.', "env['A'] = '1';"].join('')],
    ['starts programs', starting],
    ['starts threads', ["import { Worker } from 'node:worker", "_threads';"].join('')],
    ['starts an emulated recorder', ["import { VirtualRhx } from '../virtual-rig/rhx", "/virtual-rhx.ts';"].join('')],
    ['listens', ["import { createServer } from 'node:", "net';"].join('')],
  ])('is given to a test that %s', (_, line) => {
    expect(needsOwnProcess(write('main/a.test.ts', line), root)).toBe(true);
  });

  it('is given to a test whose fixture or support starts a program, however far away', () => {
    write('tests/support/near.ts', "import { far } from './far.ts';");
    write('tests/support/far.ts', starting);
    write('main/a.fixture.ts', "import { near } from '../tests/support/near.ts';");
    expect(needsOwnProcess(write('main/a.test.ts', "import { a } from './a.fixture.ts';"), root)).toBe(true);
  });

  it('is not given for what the tested program does, nor to a test that reads the environment', () => {
    write('main/a.ts', starting);
    const test = write('main/a.test.ts', "import { a } from './a.ts';", "const times = process.env['TIMES'] ?? '1';");
    expect(needsOwnProcess(test, root)).toBe(false);
  });

  it('is found in folders and in what lies in them', () => {
    write('main/deep/a.test.ts', mocking);
    write('main/b.test.ts', 'expect(1).toBe(1);');
    write('main/a.fixture.ts', mocking);
    write('common/c.test.ts', starting);
    expect(testsWithOwnProcess(['main', 'common'], root)).toEqual(['main/deep/a.test.ts', 'common/c.test.ts']);
  });
});
