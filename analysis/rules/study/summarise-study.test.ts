import { expect, it } from 'vitest';
import type { CurvePoint, UnitResult } from '../../../common/rule-study/unit-result.ts';
import { smallStudy } from './small-study.fixture.ts';
import { kindOf, studyKinds } from './study-kinds.ts';
import { summariseStudy } from './summarise-study.ts';

const pointAt = (presentations: number, score: number): CurvePoint => ({
  presentations,
  loss: score / 10,
  score,
  anglesDegrees: [score, 0],
});

const unit = (seed: number, curve: CurvePoint[], more: Partial<UnitResult> = {}): UnitResult => ({
  format: 'exocortex-rule-study-unit/1',
  study: 'hash',
  label: 'backpropagation',
  seed,
  curve,
  score: curve.at(-1)!.score,
  synapses: 1,
  measured: { nanosecondsPerSynapse: 1, seconds: 1 },
  ...more,
});

it('keeps a seed that stopped learning where it was, and leaves out one that diverged', () => {
  const study = smallStudy();
  const units = [
    unit(1, [pointAt(0, 50), pointAt(10, 20), pointAt(20, 10)]),
    unit(2, [pointAt(0, 50), pointAt(4, 40)]),
    unit(3, [pointAt(0, 50)], { score: null, diverged: { presentations: 5, loss: 'NaN' } }),
  ];
  const { rules } = summariseStudy(study, 'hash', kindOf(study, studyKinds), units);
  const { curve } = rules.find(({ label }) => label === 'backpropagation')!;
  expect(curve.map(({ presentations, score }) => [presentations, score.mean])).toEqual([
    [0, 50],
    [10, 30],
    [20, 25],
  ]);
  expect(curve.at(-1)!.anglesDegrees[0]!.mean).toBe(25);
});
