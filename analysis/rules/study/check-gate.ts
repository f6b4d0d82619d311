// Holds a study's results against one thing that it expects; analysis process.
import type { StudyGate } from '../../../common/rule-study/gate.ts';
import type { GateResult, RuleResult, ScoreDeclaration } from '../../../common/rule-study/study-results.ts';
import { figure } from './figures.ts';

/** A rule that diverged with any seed meets nothing. */
export function checkGate(
  gate: StudyGate,
  rules: readonly RuleResult[],
  reference: string,
  { label, unit }: ScoreDeclaration,
): GateResult {
  const rule = rules.find((each) => each.label === gate.rule);
  const scoreOf = (each: RuleResult | undefined) => (each?.diverged === 0 ? each.score.mean : null);
  const own = scoreOf(rule);
  const others = scoreOf(rules.find((each) => each.label === reference));
  const name = label.toLowerCase();
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
  }
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
