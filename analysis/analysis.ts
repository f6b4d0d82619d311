// The analysis program: does one job on one session's folder, tells how far it is, and ends; a process of its own.
import { AnalysisFailure } from './failure.ts';
import { runJob } from './jobs.ts';
import { findStarter } from './starter.ts';

/** The starter is told of progress in steps of half a percent. */
const progressStep = 0.005;

const starter = findStarter(process);
const cancelled = new AbortController();
const listening = starter.onCancel(() =>
  cancelled.abort(new AnalysisFailure('The job was cancelled.', 'Nothing was changed; start it again.')),
);

let toldFraction = -1;
try {
  const done = await runJob(process.argv.slice(2), {
    signal: cancelled.signal,
    onProgress(fraction, what) {
      if (fraction < toldFraction + progressStep) return;
      toldFraction = fraction;
      starter.send({ kind: 'progress', fraction, what });
    },
  });
  starter.send(done);
} catch (error) {
  process.exitCode = 1;
  const isFailure = error instanceof AnalysisFailure;
  const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
  starter.send({
    kind: 'failed',
    what: isFailure ? error.message : `The analysis program found a mistake in itself: ${defect}`,
    cure: isFailure ? error.cure : 'Report the message. The journal is unchanged.',
  });
}
listening.dispose();
