// Runs a job of the analysis program behind a progress bar with the time that is left. Main process of the plain-Node shell.
import type { AnalysisJob } from '../../../../common/journal/analysis-message.ts';
import { type AnalysisOutcome, runAnalysis } from '../../../application/run-analysis.ts';
import { secondsLeft } from '../../../application/seconds-left.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { ProgressBar } from './progress-bar.ts';

/** Ctrl+C ends the job in order. @param isSilent shows nothing */
export async function followAnalysis<J extends AnalysisJob>(
  { platform, untilInterrupted }: ShellSetting,
  job: J,
  args: readonly string[],
  isSilent: boolean,
): Promise<AnalysisOutcome<J>> {
  const cancelled = new AbortController();
  void untilInterrupted().then(() => cancelled.abort());
  const bar = new ProgressBar(process.stderr, isSilent);
  const startedMs = performance.now();
  /** What an earlier start had done. */
  let firstFraction: number | undefined;
  const outcome = await runAnalysis(
    platform,
    job,
    args,
    (fraction, what) => {
      firstFraction ??= fraction;
      const seconds = (performance.now() - startedMs) / 1000;
      const left = timeLeft(seconds, firstFraction, fraction);
      bar.showWork(fraction, seconds, left === undefined ? what : `${what}, ${left} left`);
    },
    cancelled.signal,
  );
  bar.end();
  return outcome;
}

/** @returns undefined while there is nothing to tell it from. */
export function timeLeft(seconds: number, first: number, fraction: number): string | undefined {
  const left = secondsLeft(seconds, first, fraction);
  if (left === undefined) return undefined;
  return left < 90 ? `${left} s` : `${Math.ceil(left / 60)} min`;
}
