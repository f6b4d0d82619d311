// What the analysis program says to whoever started it; analysis process and the shells that start it.
import type { RuleCheckReport, RulePlaces } from '../rule-study/check-report.ts';
import type { StudyOutcome } from '../rule-study/study-results.ts';
import type { FileDigest } from './session-manifest.ts';
import type { JournalCondition, SessionSummary } from './session-summary.ts';

export interface AnalysisProgress {
  kind: 'progress';
  /** 0 to 1. */
  fraction: number;
  /** What is being done: "Writing samples". */
  what: string;
}

/** One job of the analysis program and what it answers. */
export interface AnalysisResults {
  export: ExportResult;
  summarise: SessionSummary;
  recover: RecoveryReport;
  digest: SessionDigests;
  import: ImportReport;
  report: ReportResult;
  'rules-list': readonly RulePlaces[];
  'rules-check': RuleCheckReport;
  'rules-compare': StudyOutcome;
}
export type AnalysisJob = keyof AnalysisResults;

/** Last message of a program that succeeded; it then exits with 0. */
export interface AnalysisDone<J extends AnalysisJob = AnalysisJob> {
  kind: 'done';
  job: J;
  result: AnalysisResults[J];
}

/** Last message of a program that failed or was cancelled; it then exits with 1. Files that were there before are unchanged. */
export interface AnalysisFailed {
  kind: 'failed';
  /** What happened, to what. */
  what: string;
  /** How to mend it. */
  cure: string;
}

export type AnalysisMessage = AnalysisProgress | AnalysisDone | AnalysisFailed;

/** Message to the program: give up and leave no half file. */
export const cancelAnalysis = { kind: 'cancel' } as const;

export interface ExportResult {
  nwbFile: string;
  bytes: number;
  /** What the program has had of the computer's memory at most. */
  peakMemoryMegabytes: number;
  journal: JournalCondition;
}

/** What the files of a session hold, in order of their names. */
export interface SessionDigests {
  session: string;
  files: FileDigest[];
}

/** The report of a session. */
export interface ReportResult {
  /** The HTML file. */
  file: string;
  bytes: number;
  /** Of the session's journal, session.json and signed files, as the report tells them. */
  problems: number;
  /** What its signed manifest says, in words. */
  manifest: string;
}

/** What became of a recording of another program. */
export interface ImportReport {
  /** The sidecar that experiments name. */
  sidecar: string;
  /** Format of the original, with its version. */
  format: string;
  channels: number;
  /** Samples of each channel. */
  sampleCount: number;
  sampleRateHz: number;
  seconds: number;
  microvoltsPerBit: number;
  events: number;
  /** Where words are missing from the stream of samples, with the first thousand places; null for formats in which none can be. */
  slips: { count: number; places: { sample: number; channel: number }[] } | null;
  /** What was dropped, changed or noticed, in sentences. */
  notes: string[];
}

/** The content of recovered.json: what a session's journal still holds and what it has lost. */
export interface RecoveryReport {
  format: 'exocortex-recovery/1';
  session: string;
  /** Whether the session had been closed orderly and nothing of it is lost. */
  isWhole: boolean;
  journal: JournalCondition;
  /** Where session.json comes from: it was good, or it was rebuilt from the journal's opening record. */
  sessionFile: 'kept' | 'rebuilt';
  /** Where a damaged session.json was moved to. */
  damagedSessionFile?: string;
  /** What was restored. */
  seconds: number;
  ticks: number;
  samples: number;
  deliveries: number;
  /** Samples per channel that are in damaged parts of the journal. */
  samplesUnreadable: number;
  /** One sentence for people. */
  words: string;
  files: { summary: string; nwb: string };
}
