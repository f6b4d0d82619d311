// One worker of `npm run check:faults`: runs its share of the seeds and reports.
import { parentPort, workerData } from 'node:worker_threads';
import { runSequences } from './run-sequences.ts';

const { first, step, count } = workerData as { first: number; step: number; count: number };
const progressEvery = 500;

function* seeds(): Generator<number> {
  for (let index = 0; index < count; index++) yield first + index * step;
}

const report = await runSequences(seeds(), (done) => {
  if (done % progressEvery === 0) parentPort?.postMessage({ done });
});
parentPort?.postMessage({ report });
