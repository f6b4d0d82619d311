// Threads of the analysis program that each measure checks or run units of studies; analysis process.
import { assert } from '../../../common/base/assert.ts';
import type { CheckPiece } from '../checks/run-checks.ts';
import type { MeasuredOnce } from '../checks/measure-once.ts';
import type { UnitPiece } from '../study/run-study.ts';
import type { UnitFindings } from '../study/study-kind.ts';
import type { Worker } from './crew.ts';
import { startWorkerThread } from './worker-thread.ts';

/** @param file the built rule-worker.js */
export function checkThread(file: string): Worker<CheckPiece, MeasuredOnce> {
  const thread = startWorkerThread(file);
  return {
    async work({ check, mutant }, onProgress) {
      const result = await thread.work({ kind: 'check', check, mutant }, onProgress);
      assert(result.kind === 'check', 'a thread answers what it was asked');
      return result.measured;
    },
    dispose: () => thread.dispose(),
  };
}

/** @param file the built rule-worker.js */
export function unitThread(file: string): Worker<UnitPiece, UnitFindings> {
  const thread = startWorkerThread(file);
  return {
    async work({ study, unit }, onProgress) {
      const result = await thread.work({ kind: 'unit', study, unit }, onProgress);
      assert(result.kind === 'unit', 'a thread answers what it was asked');
      return result.findings;
    },
    dispose: () => thread.dispose(),
  };
}
