// Studies of learning rules in words: how far they are, what stands in their way, scores, angles and expectations. Runs in the page.
import type { StudyEntry } from '../../common/contract/studies.ts';
import type { GateResult, RuleResult, ScoreDeclaration, StudyResults } from '../../common/rule-study/study-results.ts';
import type { Task } from '../state/bulletin.svelte.ts';
import { percent, span, threeDigits, unknownNumber } from './format.ts';

const hasErrors = ({ problems }: StudyEntry) => problems.some(({ severity }) => severity === 'error');

/** One or two words for the list. */
export function studyStateWords(study: StudyEntry): string {
  if (study.isRunning) return 'running';
  if (hasErrors(study)) return 'file has problems';
  const words = { untouched: 'not run', begun: 'partly run', done: 'done', 'other-version': 'other version' } as const;
  return words[study.progress];
}

/** @returns what the button that starts a study says. */
export const startWords = ({ progress }: StudyEntry) => (progress === 'begun' ? 'Go on' : 'Run');

/** @returns '' for a study that can be started, else what stands in its way. @param running the study that runs now */
export function startReason(study: StudyEntry, running: StudyEntry | undefined, isRecording: boolean): string {
  if (hasErrors(study)) return 'Correct the file first; each problem says where and how.';
  if (running !== undefined) return `“${running.title}” is running. Wait for it, or cancel it.`;
  if (isRecording) return 'A session is being recorded, and a study takes all cores. End the run first.';
  if (study.progress === 'done') return 'All of it is done. For more seeds or other rules, make a new study from it.';
  if (study.progress === 'other-version')
    return 'Its folder holds results of another version of the file. Remove or rename the folder, or make a new study.';
  return '';
}

/** @returns what is added to the title of results that are not those of the whole study; '' for the others */
export function stateOfResults({ progress }: StudyEntry, { unitsMissing }: StudyResults): string {
  if (unitsMissing !== undefined)
    return `; so far: ${unitsMissing} ${unitsMissing === 1 ? 'unit is' : 'units are'} still to be run, then expectations are judged`;
  return progress === 'done' ? '' : '; of an earlier state of the study';
}

/** "42 %, 7 of 21 units, 3 min 20 s left". */
export function taskWords({ fraction, what, secondsLeft }: Task): string {
  const left = secondsLeft === undefined ? [] : [`${span(secondsLeft)} left`];
  return [percent(fraction), ...(what === undefined ? [] : [what]), ...left].join(', ');
}

const withUnit = (value: number | null, unit: string) => {
  if (value === null) return unknownNumber;
  return unit === '' ? threeDigits(value) : `${threeDigits(value)}\u00a0${unit}`;
};

export const scoreWords = ({ score }: RuleResult, { unit }: ScoreDeclaration) => withUnit(score.mean, unit);

/** @returns '' for fewer than two seeds. */
export const intervalWords = ({ interval }: RuleResult) =>
  interval === null ? '' : `${threeDigits(interval[0])} to ${threeDigits(interval[1])}`;

/** Angles at the end, layer by layer: "32° 0°". */
export function angleWords({ curve }: RuleResult): string {
  const angles = curve.at(-1)?.anglesDegrees ?? [];
  return angles.map(({ mean }) => (mean === null ? unknownNumber : `${mean.toFixed(0)}°`)).join('  ');
}

/** "Loss", "Accuracy (%)". */
export const scoreLabel = ({ label, unit }: ScoreDeclaration) => (unit === '' ? label : `${label} (${unit})`);

/** @returns what an expectation was held against. */
export function measuredWords({ gate, measured }: GateResult, { unit }: ScoreDeclaration): string {
  if (measured === null) return 'no number: the rule diverged, or there is nothing to measure';
  switch (gate.kind) {
    case 'score-at-most':
    case 'score-at-least':
      return withUnit(measured, unit);
    case 'times-reference':
      return `${threeDigits(measured)} times`;
    case 'points-of-reference':
      return measured < 0 ? `${threeDigits(-measured)} points above` : `${threeDigits(measured)} points below`;
    case 'angle-at-most':
      return `${threeDigits(measured)}°`;
    case 'reaches-within':
      return `after ${measured} presentations`;
    case 'holds-over-delay':
      return `up to ${measured}\u00a0ms`;
    case 'follows-prediction':
      return `${threeDigits(measured)} from it`;
  }
}

/** Layers count from 1, the last one is the output. */
export const layerWords = (layer: number, layers: number) =>
  layer === layers ? `Angle, output layer` : layers === 2 ? 'Angle, hidden layer' : `Angle, hidden layer ${layer}`;
