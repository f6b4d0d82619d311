// What a whole study found, as results.json holds it: the same bytes on every machine.
import type { LocalityClass } from '../learning-rule/locality.ts';
import type { StudyGate } from './gate.ts';
import type { StudyTask } from './task.ts';

/** Mean over seeds and its standard error; null where no seed has a number. */
export interface Spread {
  readonly mean: number | null;
  readonly standardError: number | null;
}

export interface MeanPoint {
  readonly presentations: number;
  readonly loss: Spread;
  readonly score: Spread;
  /** By layer, in degrees. */
  readonly anglesDegrees: readonly Spread[];
}

/** What came of one of a task's delays. */
export interface DelayResult {
  readonly delayMilliseconds: number;
  readonly score: Spread;
  /** Of an action, in parts of that at the shortest delay. */
  readonly credit: Spread;
  /** From the rule's eligibility; null for a rule that has none. */
  readonly predicted: number | null;
}

export interface Divergence {
  readonly seed: number;
  readonly presentations: number;
  /** 'NaN', 'Infinity' or a number too large to go on with. */
  readonly loss: string;
}

/** "seed 2: loss NaN after 300 presentations" */
export const divergenceWords = ({ seed, presentations, loss }: Divergence): string =>
  `seed ${seed}: loss ${loss} after ${presentations} presentations`;

export interface SensitivityResult {
  readonly parameter: string;
  readonly factor: number;
  readonly value: number;
  readonly seeds: number;
  readonly diverged: number;
  readonly score: Spread;
}

export interface RuleResult {
  readonly label: string;
  readonly rule: string;
  readonly title: string;
  readonly locality: LocalityClass;
  readonly parameters: Readonly<Record<string, number>>;
  /** Numbers that a synapse keeps beside its weight: its own variables, and a connection of its own for feedback. */
  readonly wordsPerSynapse: number;
  readonly synapses: number;
  readonly seeds: number;
  /** Seeds whose loss left the finite numbers. */
  readonly diverged: number;
  /** Of each of them, when and with what loss; absent where none diverged. */
  readonly divergences?: readonly Divergence[];
  /** Scores at the end, by seed. */
  readonly scores: readonly (number | null)[];
  readonly score: Spread;
  /** 95 % confidence interval of the mean, by Student's t; null for fewer than two seeds. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly curve: readonly MeanPoint[];
  /** Only of tasks with several delays. */
  readonly delays?: readonly DelayResult[];
  readonly sensitivity: readonly SensitivityResult[];
  readonly published: readonly { readonly value: number; readonly source: string }[];
}

export interface GateResult {
  readonly gate: StudyGate;
  readonly words: string;
  /** What the bound was held against; null when there is no number. */
  readonly measured: number | null;
  readonly isMet: boolean;
}

/** What a task's score is. */
export interface ScoreDeclaration {
  readonly label: string;
  /** '%' or '' for a pure number. */
  readonly unit: string;
  readonly better: 'lower' | 'higher';
}

export interface StudyResults {
  readonly format: 'exocortex-rule-study-results/1';
  readonly title: string;
  readonly description: string;
  readonly study: string;
  readonly task: StudyTask;
  readonly layers: readonly number[];
  readonly presentations: number;
  readonly batchSamples: number;
  readonly score: ScoreDeclaration;
  readonly reference: string;
  readonly rules: readonly RuleResult[];
  /** Empty while units are missing. */
  readonly gates: readonly GateResult[];
  /** How many units are still to be run; absent when all are there. */
  readonly unitsMissing?: number;
}

/** What the command line says of a finished study. */
export interface StudyOutcome {
  readonly folder: string;
  readonly units: number;
  /** Units that an earlier start had left. */
  readonly resumed: number;
  readonly seconds: number;
  readonly results: StudyResults;
  /** Measured on this machine, by label: nanoseconds for each synapse and sample. */
  readonly nanosecondsPerSynapse: Readonly<Record<string, number>>;
  readonly files: readonly string[];
}
