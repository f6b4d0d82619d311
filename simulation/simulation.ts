// Entry of the simulation process: starts the tick thread and ends with it, or with the rig that started it.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { leaveSignalsToParent } from '../common/base/leave-signals-to-parent.ts';
import { fromEnvironment } from '../common/simulation-protocol/environment.ts';

const rig = fromEnvironment(process.env);
if (rig === undefined) {
  console.error('simulation: this program is started by Exocortex; it does nothing by itself.');
  process.exit(2);
}

const tickThread = new Worker(join(import.meta.dirname, 'simulation-tick.js'), { workerData: rig });
tickThread.on('error', (error) => {
  console.error('simulation: the tick thread failed:', error);
});
tickThread.on('exit', (code) => process.exit(code));
process.on('disconnect', () => process.exit(0));
leaveSignalsToParent(process);
