// How much the score of each rule depends on each of its parameters, as rows of a table with a column for each factor. Runs in the page.
import type { RuleResult, StudyResults } from '../../common/rule-study/study-results.ts';
import { threeDigits, unknownNumber } from './format.ts';

export interface SensitivityRow {
  readonly label: string;
  readonly parameter: string;
  /** One for each factor: the score in words, and what it was measured with. */
  readonly cells: readonly { readonly words: string; readonly note: string }[];
}

/** @returns the factors in rising order, 1 among them where there is anything to compare; none for a study without sensitivity */
export function sensitivityFactors({ rules }: StudyResults): number[] {
  const factors = new Set(rules.flatMap(({ sensitivity }) => sensitivity.map(({ factor }) => factor)));
  return factors.size === 0 ? [] : [...factors.add(1)].sort((a, b) => a - b);
}

/** Of every rule and every parameter that it has; factor 1 is the study's own score. */
export function sensitivityRows(results: StudyResults): SensitivityRow[] {
  const factors = sensitivityFactors(results);
  return results.rules.flatMap((rule) =>
    [...new Set(rule.sensitivity.map(({ parameter }) => parameter))].map((parameter) => ({
      label: rule.label,
      parameter,
      cells: factors.map((factor) => cellOf(rule, parameter, factor)),
    })),
  );
}

function cellOf({ sensitivity, ...own }: RuleResult, parameter: string, factor: number) {
  const found = sensitivity.find((each) => each.parameter === parameter && each.factor === factor);
  const of = found ?? (factor === 1 ? { ...own, value: own.parameters[parameter]! } : undefined);
  if (of === undefined || of.seeds === 0) return { words: unknownNumber, note: 'not run yet' };
  const seeds = `${of.seeds} ${of.seeds === 1 ? 'seed' : 'seeds'}`;
  const diverged = of.diverged === 0 ? '' : `, ${of.diverged} diverged`;
  return {
    words: of.score.mean === null ? unknownNumber : threeDigits(of.score.mean),
    note: `${parameter} ${threeDigits(of.value)}; ${seeds}${diverged}`,
  };
}
