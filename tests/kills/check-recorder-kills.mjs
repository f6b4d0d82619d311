// `npm run check:recorder`: the test that kills a recording program at random moments, two hundred times.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../scripts/paths.mjs';
import { ensureDependencies } from '../../scripts/set-up.mjs';

ensureDependencies();
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project=unit',
    '--silent=false',
    'tests/conformance/recorder-kill.test.ts',
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, EXOCORTEX_RANDOM_RUNS: '20' } },
);
process.exitCode = status ?? 1;
