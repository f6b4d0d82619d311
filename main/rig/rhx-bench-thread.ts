// Entry of the RHX bench: plays the rig thread of a recording from RHX. Thread of `exocortex bench rhx`.
import { parentPort, workerData } from 'node:worker_threads';
import { Defect } from '../../common/base/assert.ts';
import type { RhxBenchRequest } from '../../common/bench/rhx-run.ts';
import { RhxError, rhxProblemWords } from './hardware/rhx/rhx-problem.ts';
import { runRhxBench } from './rhx-bench.ts';

if (parentPort === null) throw new Defect('the RHX bench is a worker thread');
const port = parentPort;
try {
  port.postMessage({ answer: await runRhxBench(workerData as RhxBenchRequest) });
} catch (error) {
  if (!(error instanceof RhxError)) throw error;
  const { title, toDo } = rhxProblemWords[error.problem.code];
  port.postMessage({ problem: `${title}: ${error.message}. ${toDo}` });
}
