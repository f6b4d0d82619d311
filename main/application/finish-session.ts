// What is made of a recording that is closed: its summary and its NWB file at the same time, then its manifest. Main thread.
import type { SessionSummary } from '../../common/journal/session-summary.ts';
import type { AnalysisOutcome } from './run-analysis.ts';

/** A recording whose files are finished: summary computed and NWB written, or why not. */
export interface FinishedSession {
  folder: string;
  summary?: SessionSummary;
  nwb?: string;
  problem?: string;
}

export interface Finishing {
  /** One job of the analysis program, shown to the pages under `title`. Never rejects. */
  analyse<J extends 'summarise' | 'export'>(title: string, job: J, folder: string): Promise<AnalysisOutcome<J>>;
  /** Signs what lies in the folder then. */
  seal(folder: string): Promise<void>;
}

/** Each job reads the journal for itself, so that one that fails leaves the other's file. */
export async function finishSession(of: Finishing, folder: string): Promise<FinishedSession> {
  const [summarised, exported] = await Promise.all([
    of.analyse('Computing the summary', 'summarise', folder),
    of.analyse('Exporting to NWB', 'export', folder),
  ]);
  await of.seal(folder);
  return {
    folder,
    ...('result' in summarised ? { summary: summarised.result } : { problem: summarised.refusal.what }),
    ...('result' in exported ? { nwb: exported.result.nwbFile } : { problem: exported.refusal.what }),
  };
}
