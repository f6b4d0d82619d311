// Entry of the Open Ephys bench: plays the rig thread of a stream of the GUI. Thread of `exocortex bench open-ephys`.
import { parentPort, workerData } from 'node:worker_threads';
import { Defect } from '../../common/base/assert.ts';
import type { OpenEphysBenchRequest } from '../../common/bench/open-ephys-run.ts';
import { OpenEphysError, inWords } from './hardware/open-ephys/open-ephys-problem.ts';
import { runOpenEphysBench } from './open-ephys-bench.ts';

if (parentPort === null) throw new Defect('the Open Ephys bench is a worker thread');
const port = parentPort;
try {
  port.postMessage({ answer: await runOpenEphysBench(workerData as OpenEphysBenchRequest) });
} catch (error) {
  if (!(error instanceof OpenEphysError)) throw error;
  port.postMessage({ problem: inWords(error.problem) });
}
