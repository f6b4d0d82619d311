import { describe, expect, it } from 'vitest';
import { ruleStudySchema } from '../../../common/rule-study/study.ts';
import { temporalKind } from './temporal-kind.ts';

const study = (task: object, presentations: number) =>
  ruleStudySchema.parse({
    exocortex: 'rule-study/1',
    title: 'Small',
    description: 'A small study in time',
    task,
    network: { kind: 'recurrent-spiking', hiddenNeurons: [20] },
    presentations,
    batchSamples: 4,
    evaluateEveryPresentations: 5,
    seeds: 1,
    reference: 'e-prop-lif',
    rules: [{ rule: 'e-prop-lif' }],
  });

function run(rule: string, of: ReturnType<typeof study>) {
  const unit = { label: rule, seed: 1 };
  return temporalKind.run({ study: of, unit, rule, parameters: {}, settings: {}, onProgress: () => {}, now: () => 0 });
}

describe('a study in time', () => {
  it('follows patterns better when synapses between neurons learn', () => {
    const patterns = study({ kind: 'pattern-generation' }, 60);
    const learned = run('e-prop-lif', patterns);
    expect(learned.curve.map(({ presentations }) => presentations)).toEqual([
      0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60,
    ]);
    expect(learned.score).toBeLessThan(run('readout-only', patterns).score!);
    expect(learned.synapses).toBe(20 * (20 + 19 + 3));
  });

  it('gives the same numbers for the same seed', () => {
    const evidence = study({ kind: 'evidence-accumulation', cues: 1, delayMilliseconds: 150, adaptiveNeurons: 10 }, 5);
    expect(run('e-prop-alif', evidence)).toEqual(run('e-prop-alif', evidence));
  });

  it('stops learning evidence where an evaluation and eight batches more have few wrong answers', () => {
    const task = { kind: 'evidence-accumulation', cues: 1, delayMilliseconds: 150, adaptiveNeurons: 10 };
    const places = (stopBelowPercent: number) =>
      run('e-prop-alif', study({ ...task, stopBelowPercent }, 15)).curve.map(({ presentations }) => presentations);
    expect(places(100)).toEqual([0, 1]);
    expect(places(0)).toEqual([0, 5, 10, 15]);
  });
});
