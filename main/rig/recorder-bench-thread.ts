// Entry of the recorder bench: plays the rig thread of a recording. Thread of `exocortex bench recorder`.
import { parentPort, workerData } from 'node:worker_threads';
import { Defect } from '../../common/base/assert.ts';
import type { RecorderBenchRequest } from '../../common/bench/recorder-run.ts';
import { raisePriorityOfThread } from '../../native/raise-priority.ts';
import { RecorderBenchFailure, runRecorderBench } from './recorder-bench.ts';

if (parentPort === null) throw new Defect('the recorder bench is a worker thread');
const port = parentPort;
raisePriorityOfThread(import.meta.url);
try {
  port.postMessage({ answer: await runRecorderBench(workerData as RecorderBenchRequest) });
} catch (error) {
  if (!(error instanceof RecorderBenchFailure)) throw error;
  port.postMessage({ problem: error.message });
}
