// Entry of the simulation's bench program: measures one run for `exocortex bench simulation` and ends.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulationRunRequestSchema } from '../../common/bench/simulation-run.ts';
import { loadNative } from '../../native/load-native.ts';
import { availableMemoryBytes } from '../available-memory.ts';
import { measureRun } from './measure-run.ts';

if (process.send === undefined) {
  console.error('simulation-bench: this program is started by Exocortex; it does nothing by itself.');
  process.exit(2);
}

process.on('disconnect', () => process.exit(0));
process.once('message', async (message) => {
  const applicationRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
  const request = simulationRunRequestSchema.parse(message);
  process.send?.(await measureRun(request, loadNative({ applicationRoot }), availableMemoryBytes()), () =>
    process.exit(0),
  );
});
