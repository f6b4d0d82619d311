// `npm run check:parity`: the tests that compare back ends on random networks, with eight times as many of them.
import { ensureSoftwareGpu } from '../../scripts/ensure-software-gpu.mjs';
import { ensureDependencies, ensureNative } from '../../scripts/set-up.mjs';
import { runOften } from '../run-often.mjs';

ensureDependencies();
await ensureNative();
ensureSoftwareGpu();
const files = ['simulation-parity', 'webgpu-parity', 'native-learning', 'webgpu-learning-programs'];
runOften(8, files, ['--testTimeout=1200000']);
