// The analysis program's jobs on learning rules: tells where they run, checks them, and compares them in a study; analysis process.
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { AnalysisDone } from '../../common/journal/analysis-message.ts';
import {
  type PreparedStudy,
  preparedStudyFileName,
  preparedStudySchema,
} from '../../common/rule-study/prepared-study.ts';
import { AnalysisFailure } from '../failure.ts';
import type { JobOptions } from '../progress.ts';
import { allChecks } from './checks/all-checks.ts';
import { runChecks } from './checks/run-checks.ts';
import { checkThread, unitThread } from './crew/rule-threads.ts';
import { rulePlaces } from './rule-places.ts';
import { runStudy } from './study/run-study.ts';
import { studyKinds } from './study/study-kinds.ts';

export type RuleJob = 'rules-list' | 'rules-check' | 'rules-compare';

/** Beside the program that was started. */
const workerFile = () => join(dirname(process.argv[1] ?? ''), 'rule-worker.js');
const now = () => performance.now();

/** @throws AnalysisFailure for wrong arguments and for everything that the user can mend. */
export async function runRuleJob(job: RuleJob, args: readonly string[], options: JobOptions): Promise<AnalysisDone> {
  const workers = availableParallelism();
  switch (job) {
    case 'rules-list':
      return { kind: 'done', job, result: rulePlaces(studyKinds, allChecks) };
    case 'rules-check': {
      const startWorker = () => checkThread(workerFile());
      const result = await runChecks({ checks: allChecks, only: args, workers, startWorker, now, ...options });
      return { kind: 'done', job, result };
    }
    case 'rules-compare': {
      const [named, ...more] = args;
      if (named === undefined || more.length > 0)
        throw new AnalysisFailure(
          'A comparison of rules takes one folder.',
          `Name a folder with ${preparedStudyFileName}.`,
        );
      const folder = resolve(named);
      const { hash, study } = await readStudy(join(folder, preparedStudyFileName));
      const startWorker = () => unitThread(workerFile());
      const result = await runStudy(study, { folder, hash, kinds: studyKinds, workers, startWorker, now, ...options });
      return { kind: 'done', job, result };
    }
  }
}

async function readStudy(file: string): Promise<PreparedStudy> {
  try {
    return preparedStudySchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new AnalysisFailure(
      `${file} is not a prepared study: ${String(error)}`,
      'Start the study from its YAML file.',
      {
        cause: error,
      },
    );
  }
}
