// Holds a study's results against one thing that it expects; analysis process.
import type { StudyGate } from '../../../common/rule-study/gate.ts';
import type {
  DelayResult,
  GateResult,
  RuleResult,
  ScoreDeclaration,
} from '../../../common/rule-study/study-results.ts';
import { mean } from '../base/vectors.ts';
import { figure } from './figures.ts';

/** A rule that diverged with any seed meets nothing. */
export function checkGate(
  gate: StudyGate,
  rules: readonly RuleResult[],
  reference: string,
  { label, unit, better }: ScoreDeclaration,
): GateResult {
  const rule = rules.find((each) => each.label === gate.rule);
  const scoreOf = (each: RuleResult | undefined) => (each?.diverged === 0 ? each.score.mean : null);
  const own = scoreOf(rule);
  const others = scoreOf(rules.find((each) => each.label === reference));
  const name = label.toLowerCase();
  const bound = better === 'higher' ? 'at least' : 'at most';
  const isReached = (score: number | null, value: number) =>
    score !== null && (better === 'higher' ? score >= value : score <= value);
  const shown = (value: number) => `${figure(value)}${unit === '' ? '' : ` ${unit}`}`;
  switch (gate.kind) {
    case 'score-at-most':
      return result(gate, `${name} of ${gate.rule} at most ${shown(gate.value)}`, own, (value) => value <= gate.value);
    case 'score-at-least':
      return result(gate, `${name} of ${gate.rule} at least ${shown(gate.value)}`, own, (value) => value >= gate.value);
    case 'times-reference': {
      const times = own === null || others === null ? null : own / others;
      return result(
        gate,
        `${name} of ${gate.rule} at most ${figure(gate.atMost)} times that of ${reference}`,
        times,
        (value) => value <= gate.atMost,
      );
    }
    case 'points-of-reference': {
      const points = own === null || others === null ? null : others - own;
      return result(
        gate,
        `${name} of ${gate.rule} at most ${figure(gate.within)} points below that of ${reference}`,
        points,
        (value) => value <= gate.within,
      );
    }
    case 'angle-at-most': {
      const angle = rule?.diverged === 0 ? (rule.curve.at(-1)?.anglesDegrees[gate.layer - 1]?.mean ?? null) : null;
      return result(
        gate,
        `angle of ${gate.rule} to the gradient in layer ${gate.layer} at most ${figure(gate.degrees)}°`,
        angle,
        (value) => value <= gate.degrees,
      );
    }
    case 'reaches-within': {
      const point =
        rule?.diverged === 0 ? rule.curve.find(({ score }) => isReached(score.mean, gate.value)) : undefined;
      return result(
        gate,
        `${name} of ${gate.rule} ${bound} ${shown(gate.value)} within ${gate.presentations} presentations`,
        point?.presentations ?? null,
        (value) => value <= gate.presentations,
      );
    }
    case 'holds-over-delay':
      return result(
        gate,
        `${name} of ${gate.rule} ${bound} ${shown(gate.value)} up to a delay of ${figure(gate.milliseconds)} ms`,
        rule?.diverged === 0 ? longestDelay(rule.delays ?? [], (score) => isReached(score, gate.value)) : null,
        (value) => value >= gate.milliseconds,
      );
    case 'follows-prediction':
      return result(
        gate,
        `credit of ${gate.rule} over delays at most ${figure(gate.within)} from what its eligibility predicts`,
        rule?.diverged === 0 ? distanceFromPrediction(rule.delays ?? []) : null,
        (value) => value <= gate.within,
      );
  }
}

/** @returns the delay before the first whose mean score does not hold; null when none does. */
function longestDelay(delays: readonly DelayResult[], holds: (score: number | null) => boolean): number | null {
  const first = delays.findIndex(({ score }) => !holds(score.mean));
  return (first < 0 ? delays.at(-1) : delays[first - 1])?.delayMilliseconds ?? null;
}

/** Root of the mean square over all delays but the shortest, where it is 0 by definition; null for a rule without a prediction. */
function distanceFromPrediction(delays: readonly DelayResult[]): number | null {
  const squares = delays
    .slice(1)
    .map(({ credit, predicted }) => (credit.mean === null || predicted === null ? NaN : credit.mean - predicted) ** 2);
  const distance = Math.sqrt(mean(squares));
  return Number.isFinite(distance) ? distance : null;
}

const result = (
  gate: StudyGate,
  words: string,
  measured: number | null,
  isMet: (value: number) => boolean,
): GateResult => ({
  gate,
  words,
  measured,
  isMet: measured !== null && isMet(measured),
});
