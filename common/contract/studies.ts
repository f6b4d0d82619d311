// Studies of learning rules as the core and its pages speak of them: what there is, how far each is, what it found.
import { z } from 'zod';
import { name } from '../experiment/name.ts';
import type { StudyResults } from '../rule-study/study-results.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Names a study's file to the core; only files of `studies.list` are taken. */
export const studyRequest = z.strictObject({ file: z.string().min(1) });

/** A new study after one that there is: its task and network with other rules or seeds. */
export const newStudySchema = z.strictObject({
  /** File of the study that it is made from. */
  from: z.string().min(1),
  /** Of the new file, without its ending. */
  name,
  title: z.string().trim().min(1).max(120),
  /** Names of the catalogue. */
  rules: z.array(name).min(1).max(100),
  seeds: z.int().min(1).max(1000),
});

export type NewStudy = z.infer<typeof newStudySchema>;

/**
 * How far a study is. 'begun': finished units are there, but not all that the file asks for;
 * 'other-version': its folder holds another version, whose task, network, rules or presentations differ.
 */
export type StudyProgress = 'untouched' | 'begun' | 'done' | 'other-version';

export interface StudyEntry {
  file: string;
  /** Of the file, without its ending. */
  name: string;
  title: string;
  description: string;
  /** Whether it came with the program. */
  isShipped: boolean;
  /** Kind of task; '' for a file that cannot be read. */
  task: string;
  /** `label`: the name in the results. */
  rules: { rule: string; label: string }[];
  seeds: number;
  /** Rules of the catalogue that can learn the task. */
  eligible: string[];
  problems: Diagnostic[];
  /** Folder of its results, whether it is there or not. */
  folder: string;
  progress: StudyProgress;
  /** Whether a folder holds results that can be read, of this version or another. */
  hasResults: boolean;
  isRunning: boolean;
}

export interface StudyReading {
  /** Where the report, figures and tables are. */
  folder: string;
  /** Full paths, the report first. */
  files: string[];
  results: StudyResults;
  /** By label, measured on the machine that ran the study; empty when it is not known. */
  nanosecondsPerSynapse: Readonly<Record<string, number>>;
}

/** Name of the task under which a study's progress is told. @param folder of its results */
export const studyTaskName = (folder: string) => `rules-compare:${folder}`;
