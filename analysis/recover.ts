// Restores a session that was killed, up to the last frame that reached the disk; analysis process.
import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecoveryReport } from '../common/journal/analysis-message.ts';
import {
  recoveryFileName,
  sessionFileName,
  summaryFileName,
  type SessionOpening,
} from '../common/journal/session-documents.ts';
import type { SessionSummary } from '../common/journal/session-summary.ts';
import { readSessionFile } from './journal/session-folder.ts';
import { writeNwb, type WriteNwbOptions } from './nwb/export-nwb.ts';
import { part, step, surveyFraction } from './progress.ts';
import { surveySession } from './summary/session-survey.ts';
import { writeJsonFile } from './write-json-file.ts';

/** Puts session.json right when it is missing, damaged or of another session. A damaged one is kept under another name. */
async function restoreSessionFile(
  folder: string,
  opening: SessionOpening,
): Promise<Pick<RecoveryReport, 'sessionFile' | 'damagedSessionFile'>> {
  const found = await readSessionFile(folder);
  if (found?.session === opening.session) return { sessionFile: 'kept' };
  const file = join(folder, sessionFileName);
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  const damaged = `${file}.damaged`;
  if (isThere) await rename(file, damaged);
  await writeJsonFile(file, opening);
  return isThere ? { sessionFile: 'rebuilt', damagedSessionFile: damaged } : { sessionFile: 'rebuilt' };
}

function wordsFor(summary: SessionSummary): string {
  const { tornBytes, damaged, framesLost } = summary.journal;
  const restored = `${summary.seconds.toFixed(3)} s with ${summary.ticks} ticks, ${summary.spikes} spikes and ${summary.deliveries} deliveries`;
  const lost = [
    ...(summary.reason === 'interrupted'
      ? ['the session was interrupted: what had not reached the disk by then is lost']
      : []),
    ...(tornBytes > 0 ? [`${tornBytes} bytes of an unfinished record at the end were left out`] : []),
    ...(damaged.length > 0
      ? [
          `${framesLost} records in ${damaged.length} damaged stretches are lost, ${summary.samplesUnreadable} samples with them`,
        ]
      : []),
  ];
  return lost.length === 0 ? `The session is whole: ${restored}.` : `Restored ${restored}; ${lost.join('; ')}.`;
}

/**
 * Writes summary.json, session.nwb and recovered.json beside the journal, which is never altered, and session.json when it
 * is missing or damaged. Recovering twice gives the same.
 * @throws AnalysisFailure when there is no journal, or nothing tells what the session was.
 */
export async function recoverSession(
  folder: string,
  options: Omit<WriteNwbOptions, 'nwbFile'> = {},
): Promise<RecoveryReport> {
  const { onProgress, signal } = options;
  const session = await surveySession(folder, {
    signal,
    onProgress: step(onProgress, 0, surveyFraction, 'Reading the journal'),
  });
  const summary = session.survey.summary(session.journal);
  const sessionFile = await restoreSessionFile(folder, session.survey.opening);
  const summaryFile = join(folder, summaryFileName);
  await writeJsonFile(summaryFile, summary);
  const { nwbFile } = await writeNwb(session, { ...options, onProgress: part(onProgress, surveyFraction, 1) });
  const { tornBytes, damaged } = session.journal;
  const report: RecoveryReport = {
    format: 'exocortex-recovery/1',
    session: summary.session,
    isWhole: summary.reason !== 'interrupted' && tornBytes === 0 && damaged.length === 0,
    journal: session.journal,
    ...sessionFile,
    seconds: summary.seconds,
    ticks: summary.ticks,
    samples: summary.samples,
    deliveries: summary.deliveries,
    samplesUnreadable: summary.samplesUnreadable,
    words: wordsFor(summary),
    files: { summary: summaryFile, nwb: nwbFile },
  };
  await writeJsonFile(join(folder, recoveryFileName), report);
  return report;
}
