// `npm run check:parity`: the tests that compare back ends on random networks, with eight times as many of them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureSoftwareGpu } from '../../scripts/ensure-software-gpu.mjs';
import { root } from '../../scripts/paths.mjs';
import { ensureDependencies, ensureNative } from '../../scripts/set-up.mjs';

ensureDependencies();
ensureNative();
ensureSoftwareGpu();
const files = ['simulation-parity', 'webgpu-parity', 'native-learning', 'webgpu-learning-programs'];
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project=unit',
    '--testTimeout=1200000',
    ...files.map((file) => `tests/conformance/${file}.test.ts`),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, EXOCORTEX_RANDOM_RUNS: '8' } },
);
process.exitCode = status ?? 1;
