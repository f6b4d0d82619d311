// What `exocortex rules compare` prints of a finished study. Main process of the plain-Node shell.
import { divergenceWords, type RuleResult, type StudyOutcome } from '../../../../../common/rule-study/study-results.ts';
import { shortNumber, textTable } from './text-table.ts';

export function outcomeLines({
  results,
  units,
  resumed,
  seconds,
  nanosecondsPerSynapse,
  files,
}: StudyOutcome): string[] {
  const { score, rules, gates } = results;
  const rows = rules.map((rule) => [
    rule.label,
    rule.locality,
    `${shortNumber(rule.score.mean)}${rule.interval === null ? '' : ` (${shortNumber(rule.interval[0])} to ${shortNumber(rule.interval[1])})`}`,
    lastAngles(rule),
    String(rule.wordsPerSynapse),
    shortNumber(nanosecondsPerSynapse[rule.label] ?? null),
    rule.diverged === 0
      ? ''
      : `diverged with ${rule.diverged} of ${rule.seeds} seeds (${(rule.divergences ?? []).map(divergenceWords).join('; ')})`,
  ]);
  const header = [
    'RULE',
    'CLASS',
    `${score.label.toUpperCase()}${score.unit === '' ? '' : ` (${score.unit})`}, 95 %`,
    'ANGLES (°)',
    'WORDS',
    'NS',
    '',
  ];
  return [
    results.title,
    '',
    ...textTable([header, ...rows]),
    ...(gates.length === 0 ? [] : ['']),
    ...gates.map(({ words, measured, isMet }) => `${isMet ? 'met' : 'MISSED'}  ${words}: ${shortNumber(measured)}`),
    '',
    `${units} units${resumed === 0 ? '' : `, ${resumed} of which were there`}, in ${seconds.toFixed(1)} s. ${files[0] ?? ''}`,
  ];
}

const lastAngles = ({ curve }: RuleResult) =>
  (curve.at(-1)?.anglesDegrees ?? []).map(({ mean }) => (mean === null ? '–' : mean.toFixed(0))).join(' ');

/** Without the curves, which results.json holds. */
export function outcomeSummary({ results, ...outcome }: StudyOutcome) {
  const { rules, ...about } = results;
  const shortRules = rules.map(({ curve, ...rule }) => ({
    ...rule,
    anglesDegrees: curve.at(-1)?.anglesDegrees.map(({ mean }) => mean) ?? [],
  }));
  return { ...outcome, ...about, rules: shortRules };
}
