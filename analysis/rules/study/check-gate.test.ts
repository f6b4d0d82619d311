import { describe, expect, it } from 'vitest';
import type { StudyGate } from '../../../common/rule-study/gate.ts';
import type { RuleResult } from '../../../common/rule-study/study-results.ts';
import { checkGate } from './check-gate.ts';

const spread = (mean: number | null) => ({ mean, standardError: null });
const rule = (label: string, score: number | null, angle = 50): RuleResult => ({
  label,
  rule: label,
  title: label,
  locality: 'L3',
  parameters: {},
  wordsPerSynapse: 0,
  synapses: 1,
  seeds: 2,
  diverged: score === null ? 1 : 0,
  scores: [score],
  score: spread(score ?? 99),
  interval: null,
  curve: [{ presentations: 1, loss: spread(1), score: spread(score), anglesDegrees: [spread(angle), spread(null)] }],
  sensitivity: [],
  published: [],
});
/** Scores and credit at delays of 100, 200 and 400 ms, and what is predicted of the credit. */
const overDelays = (
  ...points: readonly (readonly [score: number, credit: number | null, predicted: number | null])[]
) =>
  points.map(([score, credit, predicted], index) => ({
    delayMilliseconds: 100 * 2 ** index,
    score: spread(score),
    credit: spread(credit),
    predicted,
  }));
const rules = [
  rule('bp', 98),
  rule('fa', 95),
  rule('wild', null),
  { ...rule('late', 90), delays: overDelays([90, 1, 1], [80, 0.6, 0.5], [70, 0.1, 0.2]) },
  { ...rule('never', 50), delays: overDelays([50, null, null], [90, null, null], [90, null, null]) },
];
const check = (gate: StudyGate) => checkGate(gate, rules, 'bp', { label: 'Accuracy', unit: '%', better: 'higher' });

describe('an expectation', () => {
  it.each<[StudyGate, number | null, boolean]>([
    [{ kind: 'score-at-most', rule: 'fa', value: 95 }, 95, true],
    [{ kind: 'score-at-most', rule: 'fa', value: 94.9 }, 95, false],
    [{ kind: 'score-at-least', rule: 'fa', value: 95 }, 95, true],
    [{ kind: 'score-at-least', rule: 'fa', value: 95.1 }, 95, false],
    [{ kind: 'times-reference', rule: 'fa', atMost: 1 }, 95 / 98, true],
    [{ kind: 'times-reference', rule: 'fa', atMost: 0.9 }, 95 / 98, false],
    [{ kind: 'points-of-reference', rule: 'fa', within: 3 }, 3, true],
    [{ kind: 'points-of-reference', rule: 'fa', within: 2.9 }, 3, false],
    [{ kind: 'angle-at-most', rule: 'fa', layer: 1, degrees: 50 }, 50, true],
    [{ kind: 'angle-at-most', rule: 'fa', layer: 1, degrees: 49 }, 50, false],
    [{ kind: 'angle-at-most', rule: 'fa', layer: 2, degrees: 180 }, null, false],
    [{ kind: 'reaches-within', rule: 'fa', value: 95, presentations: 1 }, 1, true],
    [{ kind: 'reaches-within', rule: 'fa', value: 96, presentations: 1 }, null, false],
    [{ kind: 'holds-over-delay', rule: 'late', value: 75, milliseconds: 200 }, 200, true],
    [{ kind: 'holds-over-delay', rule: 'late', value: 75, milliseconds: 201 }, 200, false],
    [{ kind: 'holds-over-delay', rule: 'late', value: 70, milliseconds: 400 }, 400, true],
    [{ kind: 'holds-over-delay', rule: 'never', value: 75, milliseconds: 0 }, null, false],
    [{ kind: 'holds-over-delay', rule: 'fa', value: 75, milliseconds: 0 }, null, false],
    [{ kind: 'follows-prediction', rule: 'never', within: 10 }, null, false],
    [{ kind: 'follows-prediction', rule: 'fa', within: 10 }, null, false],
    [{ kind: 'score-at-least', rule: 'wild', value: 1 }, null, false],
    [{ kind: 'times-reference', rule: 'wild', atMost: 100 }, null, false],
    [{ kind: 'score-at-most', rule: 'nobody', value: 100 }, null, false],
  ])('%j measures %d', (gate, measured, isMet) => {
    expect(check(gate)).toMatchObject({ measured, isMet });
  });

  it('holds credit over delays against what eligibility predicts, but for the shortest delay', () => {
    const { measured, isMet } = check({ kind: 'follows-prediction', rule: 'late', within: 0.11 });
    expect([measured, isMet]).toEqual([expect.closeTo(0.1, 12), true]);
    expect(check({ kind: 'follows-prediction', rule: 'late', within: 0.09 }).isMet).toBe(false);
  });

  it('is reached at the first evaluation that is low enough where less is better', () => {
    const gate = { kind: 'reaches-within', rule: 'fa', value: 95, presentations: 5 } as const;
    const result = checkGate(gate, rules, 'bp', { label: 'Loss', unit: '', better: 'lower' });
    expect(result).toMatchObject({ measured: 1, isMet: true, words: 'loss of fa at most 95 within 5 presentations' });
  });

  it('is said in words', () => {
    expect(check({ kind: 'points-of-reference', rule: 'fa', within: 3 }).words).toBe(
      'accuracy of fa at most 3 points below that of bp',
    );
  });
});
