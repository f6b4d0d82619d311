// The jobs of the analysis program as its arguments name them; analysis process.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AnalysisDone } from '../common/journal/analysis-message.ts';
import { summaryFileName } from '../common/journal/session-documents.ts';
import type { SessionSummary } from '../common/journal/session-summary.ts';
import { AnalysisFailure } from './failure.ts';
import { digestFiles } from './digest-files.ts';
import { step, type JobOptions } from './progress.ts';
import { summariseSession } from './summary/summarise-session.ts';
import { writeJsonFile } from './write-json-file.ts';

const usage =
  'Use: export <folder> [--out <file>] [--gzip <0 to 9>] [--for neo], summarise <folder>, recover <folder>, digest <folder>, import <file or folder> --out <folder> [--stream <name>], report <folder> --by <version> [--out <file>], rules-list, rules-check [<id> ...] or rules-compare <folder>.';

/** Computes the summary and writes it into the session's folder. */
async function summariseIntoFolder(folder: string, { onProgress, signal }: JobOptions): Promise<SessionSummary> {
  const summary = await summariseSession(folder, { signal, onProgress: step(onProgress, 0, 1, 'Reading the journal') });
  await writeJsonFile(join(folder, summaryFileName), summary);
  return summary;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        stream: { type: 'string' },
        by: { type: 'string' },
        gzip: { type: 'string' },
        for: { type: 'string' },
      },
    });
  } catch (error) {
    throw new AnalysisFailure(
      `The arguments are wrong: ${error instanceof Error ? error.message : String(error)}`,
      usage,
      { cause: error },
    );
  }
}

/** Does what `args` ask for. @throws AnalysisFailure for wrong arguments and for everything that the user can mend. */
export async function runJob(args: readonly string[], options: JobOptions): Promise<AnalysisDone> {
  const { positionals, values } = parse(args);
  const [job, named, ...more] = positionals;
  if (values.out !== undefined && job !== 'export' && job !== 'import' && job !== 'report')
    throw new AnalysisFailure('Only export, import and report take --out.', usage);
  if (values.gzip !== undefined && (job !== 'export' || !/^[0-9]$/.test(values.gzip)))
    throw new AnalysisFailure('Only export takes --gzip, with a level from 0, which compresses nothing, to 9.', usage);
  if (values.for !== undefined && (job !== 'export' || values.for !== 'neo'))
    throw new AnalysisFailure('Only export takes --for, with neo.', usage);
  if (values.stream !== undefined && job !== 'import') throw new AnalysisFailure('Only import takes --stream.', usage);
  if (job === 'rules-list' || job === 'rules-check' || job === 'rules-compare') {
    // Sessions are exported and summarised without the learning rules.
    const { runRuleJob } = await import('./rules/rule-jobs.ts');
    return runRuleJob(job, positionals.slice(1), options);
  }
  if (named === undefined || more.length > 0)
    throw new AnalysisFailure('The analysis program takes one job and one folder.', usage);
  const folder = resolve(named);
  switch (job) {
    case 'export': {
      const nwbFile = values.out === undefined ? undefined : resolve(values.out);
      const isForNeo = values.for !== undefined;
      const gzipLevel = values.gzip === undefined ? undefined : Number(values.gzip);
      // HDF5 takes longer to begin than the summary of a short session takes.
      const { exportNwb } = await import('./nwb/export-nwb.ts');
      return { kind: 'done', job, result: await exportNwb({ folder, nwbFile, gzipLevel, isForNeo, ...options }) };
    }
    case 'import': {
      if (values.out === undefined) throw new AnalysisFailure('import needs a folder to write into.', usage);
      const { importRecording } = await import('./import/import-recording.ts');
      return {
        kind: 'done',
        job,
        result: await importRecording({ path: folder, folder: values.out, stream: values.stream, ...options }),
      };
    }
    case 'report': {
      const { reportSession } = await import('./report/report-session.ts');
      const file = values.out === undefined ? undefined : resolve(values.out);
      const made = { version: values.by ?? 'of no version', madeAt: new Date().toISOString() };
      return { kind: 'done', job, result: await reportSession({ folder, file, ...made, ...options }) };
    }
    case 'summarise':
      return { kind: 'done', job, result: await summariseIntoFolder(folder, options) };
    case 'recover': {
      const { recoverSession } = await import('./recover.ts');
      return { kind: 'done', job, result: await recoverSession(folder, options) };
    }
    case 'digest':
      return { kind: 'done', job, result: await digestFiles(folder, options) };
    default:
      throw new AnalysisFailure(`There is no job ${JSON.stringify(job)}.`, usage);
  }
}
