import { describe, expect, test } from 'vitest';
import type { RuleResult } from '../../common/rule-study/study-results.ts';
import {
  type Curve,
  curvesOf,
  curveStyles,
  linearRange,
  logarithmicRange,
  logarithmicTicks,
  raisedTo,
} from './study-curves.ts';

const rule = (...points: [presentations: number, mean: number | null, standardError: number | null][]): RuleResult =>
  ({
    curve: points.map(([presentations, mean, standardError]) => ({
      presentations,
      score: { mean, standardError },
      anglesDegrees: [],
    })),
  }) as unknown as RuleResult;

describe('curves', () => {
  test('rules that were tested at other moments, or diverged, leave gaps', () => {
    const { presentations, curves } = curvesOf(
      [rule([0, 50, 1], [10, 80, null]), rule([0, 40, 2], [5, null, null])],
      ({ score }) => score,
    );
    expect(presentations).toEqual([0, 5, 10]);
    expect(curves).toEqual([
      [
        [50, null, 80],
        [49, null, 80],
        [51, null, 80],
      ],
      [
        [40, null, null],
        [38, null, null],
        [42, null, null],
      ],
    ]);
  });

  test('what a rule does not have is not drawn', () => {
    const { curves } = curvesOf([rule([0, 1, 1])], ({ anglesDegrees }) => anglesDegrees[0]);
    expect(curves).toEqual([[[null], [null], [null]]]);
  });
});

describe('ranges', () => {
  const curves: Curve[] = [
    [
      [2, 30],
      [1, 20],
      [3, 40],
    ],
  ];
  test('a linear one reaches from 0 over all bands, and at least as far as asked', () => {
    expect(linearRange(curves, 10)).toEqual([0, 40]);
    expect(linearRange(curves, 100)).toEqual([0, 100]);
    expect(linearRange([], 90)).toEqual([0, 90]);
  });
  test('a logarithmic one follows the means; bands below it are cut', () => {
    const [low, high] = logarithmicRange(curves);
    expect([low, high]).toEqual([2 / 1.3, 39]);
    expect(raisedTo(low, [-1, null, 5])).toEqual([low, null, 5]);
    expect(logarithmicRange([])).toEqual([0.1, 1]);
  });
  test('logarithmic ticks are round, few and inside', () => {
    expect(logarithmicTicks(0.015, 3)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
    expect(logarithmicTicks(1e-6, 2)).toEqual([1e-6, 1e-4, 1e-2, 1]);
    expect(logarithmicTicks(2, 3)).toEqual([2, 2.5, 3]);
    expect(logarithmicTicks(1e-3, 1e11).length).toBeLessThan(8);
  });
});

test('no two of twenty rules look the same, and the control is no colour of a rule', () => {
  const labels = Array.from({ length: 20 }, (_, index) => `rule-${index}`);
  const styles = curveStyles([...labels, 'readout-only']);
  expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(21);
  expect(styles.at(-1)?.series).toBeUndefined();
  expect(curveStyles(['readout-only', ...labels])[1]).toEqual(styles[0]);
});
