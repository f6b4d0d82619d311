import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { isForegroundStatus, isInForeground } from './is-in-foreground.ts';

it.each([
  ['Sl+', true],
  ['R+\n', true],
  ['Ssl', false],
  ['TN\n', false],
  ['', false],
])('the status %j of a program says whether it has the terminal', (status, isForeground) => {
  expect(isForegroundStatus(status)).toBe(isForeground);
});

it('the system is asked about this very program', () => {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(process.pid)], { encoding: 'utf8' });
  expect(isInForeground()).toBe(status !== 0 || stdout.includes('+'));
});
