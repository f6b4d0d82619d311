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
const rules = [rule('bp', 98), rule('fa', 95), rule('wild', null)];
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
    [{ kind: 'score-at-least', rule: 'wild', value: 1 }, null, false],
    [{ kind: 'times-reference', rule: 'wild', atMost: 100 }, null, false],
    [{ kind: 'score-at-most', rule: 'nobody', value: 100 }, null, false],
  ])('%j measures %d', (gate, measured, isMet) => {
    expect(check(gate)).toMatchObject({ measured, isMet });
  });

  it('is said in words', () => {
    expect(check({ kind: 'points-of-reference', rule: 'fa', within: 3 }).words).toBe(
      'accuracy of fa at most 3 points below that of bp',
    );
  });
});
