import { describe, expect, it } from 'vitest';
import { ruleStudySchema } from '../../../common/rule-study/study.ts';
import type { RuleSettings } from '../../../common/rule-study/rule-settings.ts';
import { controlKind } from './control-kind.ts';
import { figuresOf } from './report/study-figures.ts';
import { delayTable } from './report/table.ts';
import { rewardKind } from './reward-kind.ts';
import type { StudyKind } from './study-kind.ts';
import { summariseStudy } from './summarise-study.ts';
import { temporalKind } from './temporal-kind.ts';
import { rulesOf } from './units.ts';

function study(task: object, network: string, rules: readonly object[], changes: object = {}) {
  return ruleStudySchema.parse({
    exocortex: 'rule-study/1',
    title: 'Small',
    description: 'A small study in time',
    task,
    network: { kind: network, hiddenNeurons: [8] },
    presentations: 4,
    batchSamples: 1,
    evaluateEveryPresentations: 2,
    seeds: 1,
    reference: Object.values(rules[0]!)[0] as string,
    rules,
    ...changes,
  });
}

/** Every rule of the study and the control, each with seed 1. */
function summary(kind: StudyKind, of: ReturnType<typeof study>) {
  const units = rulesOf(of, kind).map(({ label, declaration, parameters, settings }) => ({
    format: 'exocortex-rule-study-unit/1' as const,
    study: 'one',
    label,
    seed: 1,
    ...kind.run({
      study: of,
      unit: { label, seed: 1 },
      rule: declaration.name,
      parameters,
      settings,
      onProgress: () => {},
      now: () => 0,
    }),
  }));
  return summariseStudy(of, 'one', kind, units);
}

const anglesOf = (results: ReturnType<typeof summary>, label: string) =>
  results.rules
    .find((rule) => rule.label === label)
    ?.curve.map(({ anglesDegrees }) => anglesDegrees.map(({ mean }) => mean));

describe('a study of rewards', () => {
  it('of a bandit has a rate of reward for each window, with the angle to its gradient unless only the readout learns', () => {
    const results = summary(rewardKind, study({ kind: 'bandit' }, 'spiking-actor', [{ rule: 'reward-stdp' }]));
    expect(results.layers).toEqual([10, 8, 2]);
    const [rule] = results.rules;
    expect(rule?.curve.map(({ presentations }) => presentations)).toEqual([2, 4]);
    expect(rule?.score.mean).toBeGreaterThanOrEqual(20);
    for (const [hidden, readout] of anglesOf(results, 'reward-stdp')!) {
      expect(hidden ?? 90).toBeGreaterThan(0);
      expect(hidden ?? 90).toBeLessThan(180);
      expect(readout).toBeNull();
    }
    expect(anglesOf(results, 'readout-only')).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('of temporal credit shows credit beside what eligibility predicts, in table and figures', () => {
    const task = { kind: 'temporal-credit', delaysMilliseconds: [0, 200] };
    const rules = [{ rule: 'three-factor-hebb', parameters: { eligibilityTimeConstantMilliseconds: 400 } }];
    const results = summary(rewardKind, study(task, 'spiking-actor', rules));
    const [rule, control] = results.rules;
    expect(rule?.delays?.map(({ credit, predicted }) => [credit.mean === null, predicted])).toEqual([
      [false, 1],
      [false, Math.exp(-0.5)],
    ]);
    expect(rule?.delays?.[0]?.credit.mean).toBe(1);
    expect(control?.delays?.map(({ credit, predicted }) => [credit.mean, predicted])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(delayTable(results).rows).toHaveLength(4);
    const figures = figuresOf(results);
    expect(figures.map(({ file }) => file)).toEqual([
      'learning-curves.svg',
      'angles-layer-1.svg',
      'score-by-delay.svg',
      'credit-by-delay.svg',
    ]);
    expect(figures.at(-1)?.svg).toContain('predicted of three-factor-hebb');
  });

  it('subtracts what the study says from rewards', () => {
    const rules = (rewardBaseline: RuleSettings['rewardBaseline']) => [
      { rule: 'three-factor-hebb', parameters: { learningRatePerSecond: 500 }, rewardBaseline },
    ];
    const score = (baseline: RuleSettings['rewardBaseline']) =>
      summary(
        rewardKind,
        study({ kind: 'bandit' }, 'spiking-actor', rules(baseline), {
          presentations: 40,
          evaluateEveryPresentations: 40,
        }),
      ).rules[0]?.curve.map(({ score: { mean }, anglesDegrees }) => [mean, anglesDegrees]);
    expect(score('none')).not.toEqual(score('running-mean'));
    expect(score(undefined)).toEqual(score('running-mean'));
  });
});

it('a study of a cursor gives each rule the feedback that it sets, and angles to the gradient', () => {
  const rules = [
    { rule: 'bptt-surrogate' },
    { rule: 'rflo' },
    { rule: 'rflo', label: 'other', feedback: 'random' },
    { rule: 'weight-perturbation', parameters: { noiseDeviation: 0.05 } },
  ];
  const results = summary(controlKind, study({ kind: 'cursor', pretrainingTrials: 0 }, 'recurrent-rate', rules));
  expect(results.layers).toEqual([4, 8, 2]);
  const first = (label: string) => anglesOf(results, label)?.[0]?.[0];
  expect(first('bptt-surrogate')).toBeCloseTo(0, 6);
  expect(first('rflo')).toBeLessThan(first('other')!);
  expect(Math.abs(first('weight-perturbation')! - 90)).toBeLessThan(30);
  expect(anglesOf(results, 'readout-only')?.[0]).toEqual([null, 0]);
});

describe('angles to the whole gradient in time', () => {
  it.each([
    { kind: 'pattern-generation' },
    { kind: 'evidence-accumulation', cues: 1, delayMilliseconds: 150, adaptiveNeurons: 4 },
    { kind: 'delayed-memory', delaysMilliseconds: [50, 100], adaptiveNeurons: 4 },
  ])(
    'of $kind are 0 for backpropagation, some for e-prop, near 90 for one draw of noise, and none for synapses that stay',
    (task) => {
      const noise = { noiseDeviation: 0.1 };
      const rules = [
        { rule: 'bptt-surrogate' },
        { rule: 'e-prop-lif' },
        { rule: 'node-perturbation-in-time', parameters: noise },
        { rule: 'weight-perturbation', parameters: noise },
      ];
      const results = summary(
        temporalKind,
        study(task, 'recurrent-spiking', rules, { batchSamples: 2, presentations: 2, evaluateEveryPresentations: 1 }),
      );
      for (const [hidden, readout] of anglesOf(results, 'bptt-surrogate')!) {
        expect(hidden).toBeCloseTo(0, 4);
        expect(readout).toBeCloseTo(0, 4);
      }
      for (const [hidden, readout] of anglesOf(results, 'e-prop-lif')!) {
        expect(hidden).toBeGreaterThan(1);
        expect(hidden).toBeLessThan(150);
        expect(readout).toBeCloseTo(0, 4);
      }
      for (const label of ['node-perturbation-in-time', 'weight-perturbation'])
        for (const [hidden, readout] of anglesOf(results, label)!) {
          if (hidden !== null) expect(Math.abs(hidden! - 90)).toBeLessThan(40);
          expect(readout).toBeCloseTo(0, 4);
        }
      for (const [hidden, readout] of anglesOf(results, 'readout-only')!) {
        expect(hidden).toBeNull();
        expect(readout).toBeCloseTo(0, 4);
      }
    },
  );

  it('of memory over delays come with right answers for each delay', () => {
    const task = { kind: 'delayed-memory', delaysMilliseconds: [50, 100], adaptiveNeurons: 4 };
    const results = summary(temporalKind, study(task, 'recurrent-spiking', [{ rule: 'e-prop-alif' }]));
    const delays = results.rules[0]?.delays;
    expect(delays?.map(({ delayMilliseconds }) => delayMilliseconds)).toEqual([50, 100]);
    expect(results.rules[0]?.score.mean).toBeCloseTo((delays![0]!.score.mean! + delays![1]!.score.mean!) / 2, 10);
    expect(figuresOf(results).map(({ file }) => file)).toContain('score-by-delay.svg');
  });
});

describe('the learning rate of a rule in time', () => {
  const patterns = (parameters: object) =>
    study({ kind: 'pattern-generation' }, 'recurrent-spiking', [{ rule: 'e-prop-lif', parameters }], {
      presentations: 4,
      evaluateEveryPresentations: 2,
    });
  const results = (parameters: object) => summary(temporalKind, patterns(parameters)).rules[0]!;

  it('is that of its source where the study leaves it out, and Adam’s for its synapses where not', () => {
    const [usual, given, other] = [results({}), results({ learningRate: 0.01 }), results({ learningRate: 0.05 })];
    expect(usual.parameters).toEqual({ learningRate: 0.01 });
    expect(given.curve).toEqual(usual.curve);
    expect(other.curve).not.toEqual(usual.curve);
  });
});
