// Runs sequences of faults, one seed after the other, and sums up what they showed.
import { setImmediate } from 'node:timers/promises';
import { runSequence, type SequenceResult } from './fault-sequence.ts';
import type { Verdict } from './pulse-watch.ts';

/** Of many sequences. */
export interface FaultReport {
  sequences: number;
  tripped: number;
  verdict: Verdict;
  /** Sequences in which something happened that must not; at most `keptMax`. */
  failed: Pick<SequenceResult, 'seed' | 'wrong' | 'steps'>[];
  failures: number;
}

const keptMax = 20;

export function emptyReport(): FaultReport {
  const verdict: Verdict = {
    pulses: 0,
    enables: 0,
    pulsesPastBound: 0,
    unbalanced: 0,
    silentEnables: 0,
    unrecorded: 0,
    beyondLimits: 0,
    replayed: 0,
  };
  return { sequences: 0, tripped: 0, verdict, failed: [], failures: 0 };
}

export function addReport(sum: FaultReport, other: FaultReport): void {
  sum.sequences += other.sequences;
  sum.tripped += other.tripped;
  sum.failures += other.failures;
  sum.failed.push(...other.failed.slice(0, keptMax - sum.failed.length));
  for (const name of Object.keys(sum.verdict) as (keyof Verdict)[]) sum.verdict[name] += other.verdict[name];
}

/** @param seeds in the order in which they are run; @param onProgress called after each. */
export async function runSequences(
  seeds: Iterable<number>,
  onProgress: (done: number) => void = () => {},
): Promise<FaultReport> {
  const report = emptyReport();
  for (const seed of seeds) {
    const { verdict, wrong, steps, tripped } = await runSequence(seed);
    const failed = wrong.length > 0 ? [{ seed, wrong, steps }] : [];
    addReport(report, { sequences: 1, tripped: tripped ? 1 : 0, verdict, failed, failures: failed.length });
    onProgress(report.sequences);
    // Node frees what is held for a turn of its loop, buffers among them, only when a turn ends.
    if (report.sequences % 20 === 0) await setImmediate();
  }
  return report;
}
