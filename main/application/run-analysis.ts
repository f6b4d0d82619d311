// Runs the analysis program for one job and follows its progress. Main thread.
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { AnalysisJob, AnalysisMessage, AnalysisResults } from '../../common/journal/analysis-message.ts';
import type { Platform } from '../rig/platform.ts';
import { lowerPriority } from './process-priority.ts';

export type AnalysisOutcome<J extends AnalysisJob> = { result: AnalysisResults[J] } | { refusal: CommandRefusal };

function isAnalysisMessage(message: unknown): message is AnalysisMessage {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

/** Does one job on a session's folder. Never rejects. @param onProgress gets a fraction of 1. */
export function runAnalysis<J extends AnalysisJob>(
  platform: Platform,
  job: J,
  folder: string,
  onProgress: (fraction: number) => void,
): Promise<AnalysisOutcome<J>> {
  return new Promise((resolve) => {
    const program = platform.startProgram('analysis', [job, folder]);
    lowerPriority(program.pid);
    program.onMessage((message) => {
      if (!isAnalysisMessage(message)) return;
      if (message.kind === 'progress') {
        onProgress(message.fraction);
        return;
      }
      program.dispose();
      if (message.kind === 'done') resolve({ result: message.result as AnalysisResults[J] });
      else resolve({ refusal: { code: 'failed', what: message.what.replace(/\.$/, ''), cure: message.cure } });
    });
    program.onExit(({ code, signal }) => {
      resolve({
        refusal: {
          code: 'failed',
          what: `the analysis program ended early (${signal ?? `exit code ${code}`})`,
          cure: 'Try again; the journal is untouched.',
        },
      });
    });
  });
}
