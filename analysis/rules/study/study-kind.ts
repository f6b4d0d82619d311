// What the runner of studies knows of a kind of study: which tasks and rules it takes, and how one unit is run; analysis process.
import type { RuleDeclaration } from '../../../common/learning-rule/declaration.ts';
import type { ScoreDeclaration } from '../../../common/rule-study/study-results.ts';
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import type { RuleSettings } from '../../../common/rule-study/rule-settings.ts';
import type { StudyTask } from '../../../common/rule-study/task.ts';
import type { StudyUnit, UnitResult } from '../../../common/rule-study/unit-result.ts';

/** What a unit finds; the runner adds whose unit it was. */
export type UnitFindings = Pick<UnitResult, 'curve' | 'delays' | 'score' | 'diverged' | 'synapses' | 'measured'>;

export interface UnitRun {
  readonly study: RuleStudy;
  readonly unit: StudyUnit;
  /** The rule of the catalogue, or the control's. */
  readonly rule: string;
  /** By their keys, the unit's setting applied. */
  readonly parameters: Readonly<Record<string, number>>;
  /** What the study sets of the rule beside its parameters. */
  readonly settings: RuleSettings;
  /** Takes the part that is done, 0 to 1. */
  onProgress(fraction: number): void;
  /** In ms, of any beginning; only for what is measured of the machine. */
  now(): number;
}

export interface StudyKind {
  readonly tasks: readonly StudyTask['kind'][];
  /** What can learn these tasks. */
  readonly rules: readonly RuleDeclaration[];
  /** Left out: each rule can learn each task. */
  learns?(rule: RuleDeclaration, task: StudyTask['kind']): boolean;
  /**
   * What the kind reads of a rule's parameters, by their keys, with what stands where a study leaves them out; the others do nothing
   * here. Left out: all parameters, at their defaults.
   */
  parametersOf?(rule: RuleDeclaration, task: StudyTask['kind']): Readonly<Record<string, number>>;
  /** What always runs along: the same network with less than the rules have. */
  readonly control: RuleDeclaration;
  scoreOf(study: RuleStudy): ScoreDeclaration;
  /** Neurons from inputs to outputs. */
  layersOf(study: RuleStudy): readonly number[];
  /** Depends on nothing but what it is given: the same unit gives the same numbers. Takes as long as it takes. */
  run(run: UnitRun): UnitFindings;
}

/** @returns the parameters of a rule that a kind reads, at what stands where a study leaves them out */
export function readParameters(kind: StudyKind, rule: RuleDeclaration, task: StudyTask['kind']) {
  return kind.parametersOf?.(rule, task) ?? standardParameters(rule);
}

/** @returns all parameters of a rule at their defaults */
export const standardParameters = ({ parameters }: RuleDeclaration): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(parameters).map(([key, { default: standard }]) => [key, standard]));

/** @returns the rules that can learn a task of the kind */
export const rulesFor = (kind: StudyKind, task: StudyTask['kind']): readonly RuleDeclaration[] =>
  kind.rules.filter((rule) => kind.learns?.(rule, task) ?? true);
