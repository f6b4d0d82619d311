// Runs the analysis program for one job and follows its progress. Main thread.
import type { CommandRefusal } from '../../common/contract/commands.ts';
import {
  type AnalysisJob,
  type AnalysisMessage,
  type AnalysisResults,
  cancelAnalysis,
} from '../../common/journal/analysis-message.ts';
import type { Platform } from '../rig/platform.ts';
import { lowerPriority } from './process-priority.ts';

export type AnalysisOutcome<J extends AnalysisJob> = { result: AnalysisResults[J] } | { refusal: CommandRefusal };

function isAnalysisMessage(message: unknown): message is AnalysisMessage {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

/**
 * Does one job. Never rejects.
 * @param on a session's folder, or the arguments of another job
 * @param onProgress gets a fraction of 1, and what is being done
 * @param signal ends the job: it then refuses, with whole files only
 */
export function runAnalysis<J extends AnalysisJob>(
  platform: Platform,
  job: J,
  on: string | readonly string[],
  onProgress: (fraction: number, what: string) => void,
  signal?: AbortSignal,
): Promise<AnalysisOutcome<J>> {
  return new Promise((resolve) => {
    const program = platform.startProgram('analysis', [job, ...(typeof on === 'string' ? [on] : on)]);
    lowerPriority(program.pid);
    const cancel = () => program.send(cancelAnalysis);
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted === true) cancel();
    program.onMessage((message) => {
      if (!isAnalysisMessage(message)) return;
      if (message.kind === 'progress') {
        onProgress(message.fraction, message.what);
        return;
      }
      signal?.removeEventListener('abort', cancel);
      program.dispose();
      if (message.kind === 'done') resolve({ result: message.result as AnalysisResults[J] });
      else resolve({ refusal: { code: 'failed', what: message.what.replace(/\.$/, ''), cure: message.cure } });
    });
    program.onExit(({ code, signal: killedBy }) => {
      signal?.removeEventListener('abort', cancel);
      resolve({
        refusal: {
          code: 'failed',
          what: `the analysis program ended early (${killedBy ?? `exit code ${code}`})`,
          cure: 'Try again; the journal is untouched.',
        },
      });
    });
  });
}
