import { describe, expect, it } from 'vitest';
import type { RuleResult, StudyResults } from '../../common/rule-study/study-results.ts';
import { sensitivityFactors, sensitivityRows } from './sensitivity-rows.ts';

const spread = (mean: number | null) => ({ mean, standardError: null });
const at = (factor: number, mean: number | null, seeds = 2, diverged = 0) => ({
  parameter: 'learningRate',
  factor,
  value: 0.1 * factor,
  seeds,
  diverged,
  score: spread(mean),
});
const rule = (sensitivity: RuleResult['sensitivity']) =>
  ({
    label: 'rule',
    parameters: { learningRate: 0.1 },
    seeds: 4,
    diverged: 0,
    score: spread(90),
    sensitivity,
  }) as unknown as RuleResult;
const results = (...rules: RuleResult[]) => ({ rules }) as unknown as StudyResults;

describe('the sensitivity to parameters', () => {
  it('has a column for each factor in rising order, the study’s own values among them', () => {
    const of = results(rule([at(2, 80), at(0.5, 85)]));
    expect(sensitivityFactors(of)).toEqual([0.5, 1, 2]);
    expect(sensitivityRows(of)).toEqual([
      {
        label: 'rule',
        parameter: 'learningRate',
        cells: [
          { words: '85.0', note: 'learningRate 0.0500; 2 seeds' },
          { words: '90.0', note: 'learningRate 0.100; 4 seeds' },
          { words: '80.0', note: 'learningRate 0.200; 2 seeds' },
        ],
      },
    ]);
  });

  it('says where a rule diverged, and what is still to be run', () => {
    const [row] = sensitivityRows(results(rule([at(10, null, 1, 1), at(2, null, 0)])));
    expect(row?.cells.slice(1)).toEqual([
      { words: '–', note: 'not run yet' },
      { words: '–', note: 'learningRate 1.00; 1 seed, 1 diverged' },
    ]);
  });

  it('is nothing where the study does not ask for it', () => {
    expect(sensitivityFactors(results(rule([])))).toEqual([]);
    expect(sensitivityRows(results(rule([])))).toEqual([]);
  });
});
