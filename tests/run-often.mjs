// Runs tests that draw at random with many times as many draws as `npm test`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../scripts/paths.mjs';

/** @param {number} times @param {string[]} files names in tests/conformance, without their ending @param {string[]} [options] of vitest */
export function runOften(times, files, options = []) {
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--project=unit*',
      ...options,
      ...files.map((file) => `tests/conformance/${file}.test.ts`),
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, EXOCORTEX_RANDOM_RUNS: `${times}` } },
  );
  process.exitCode = status ?? 1;
}
