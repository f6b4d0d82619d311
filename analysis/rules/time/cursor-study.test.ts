import { describe, expect, it } from 'vitest';
import { tanh } from '../deep/activation.ts';
import { type CursorStudy, runCursor } from './cursor-study.ts';

const study = (changes: Partial<CursorStudy> = {}): CursorStudy => ({
  credit: 'bptt',
  feedback: 'symmetric',
  baseline: 'running-mean',
  learningRate: 0.3,
  neurons: 20,
  activation: tanh,
  seed: 5,
  targets: 4,
  pretrainingTrials: 100,
  decoderOverlap: 0.2,
  hitRadius: 0.5,
  trials: 60,
  testEvery: 30,
  ...changes,
});
const run = (changes: Partial<CursorStudy> = {}) =>
  runCursor(
    study(changes),
    () => {},
    () => 0,
  ).points;

describe('a cursor whose decoder has changed', () => {
  it('comes nearer to its targets by the gradient, at no angle to it', () => {
    const points = run();
    expect(points.map(({ trials }) => trials)).toEqual([0, 30, 60]);
    expect(points.at(-1)!.squaredDistance).toBeLessThan(0.9 * points[0]!.squaredDistance);
    for (const { anglesDegrees } of points) expect(anglesDegrees).toEqual([expect.closeTo(0, 6), null]);
  });

  it('is told more over the decoder’s weights than over random ones, or than all neurons alike', () => {
    const angleOf = (feedback: CursorStudy['feedback']) =>
      run({ credit: 'rflo', feedback, trials: 1, testEvery: 1 })[0]!.anglesDegrees[0]!;
    const symmetric = angleOf('symmetric');
    expect(symmetric).toBeLessThan(60);
    expect(angleOf('random')).toBeGreaterThan(symmetric);
    expect(angleOf('broadcast')).toBeGreaterThan(symmetric);
  });

  it('tests what is rewarded without learning from the tests', () => {
    const often = run({ credit: 'reinforce', testEvery: 10 }).at(-1);
    expect(run({ credit: 'reinforce', testEvery: 60 }).at(-1)).toEqual(often);
  });

  it('learns from the noise that it sets', () => {
    const distance = (noiseDeviation: number) => run({ credit: 'node-perturbation', noiseDeviation, trials: 5 }).at(-1);
    expect(distance(0.1)).not.toEqual(distance(0.25));
  });

  it('comes nearer by what rates are beyond their mean, told the reward of every step and not of the trial', () => {
    const gain = (credit: CursorStudy['credit']) => {
      const points = run({ credit, trials: 600, testEvery: 600, learningRate: 1 });
      return points[0]!.squaredDistance / points.at(-1)!.squaredDistance;
    };
    expect(gain('exploratory-hebb')).toBeGreaterThan(1.2);
    expect(gain('exploratory-hebb-delayed')).toBeLessThan(1.05);
  });

  it('of the control changes the decoder alone', () => {
    const points = run({ credit: 'readout-only' });
    expect(points.map(({ anglesDegrees }) => anglesDegrees)).toEqual([
      [null, 0],
      [null, 0],
      [null, 0],
    ]);
    expect(points.at(-1)!.squaredDistance).toBeLessThan(points[0]!.squaredDistance);
  });

  it('learns by the reward of whole trials with its mean subtracted, and differently without', () => {
    const [mean, none] = (['running-mean', 'none'] as const).map(
      (baseline) => run({ credit: 'node-perturbation', baseline, learningRate: 0.01 }).at(-1)!.squaredDistance,
    );
    expect(mean).not.toBe(none);
    expect(run({ credit: 'exploratory-hebb', learningRate: 0 }).at(-1)!.squaredDistance).toBe(
      run({ credit: 'exploratory-hebb', learningRate: 0 })[0]!.squaredDistance,
    );
  });
});
