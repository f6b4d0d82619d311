import { expect, it } from 'vitest';
import { ruleStudySchema } from '../../common/rule-study/study.ts';
import { studyAfter } from './study-after.ts';

const base = ruleStudySchema.parse({
  exocortex: 'rule-study/1',
  title: 'XOR',
  description: 'Whether errors reach a hidden layer.',
  task: { kind: 'parity', bits: 2 },
  network: { kind: 'multilayer', hiddenNeurons: [6] },
  presentations: 60,
  batchSamples: 4,
  evaluateEveryPresentations: 20,
  seeds: 3,
  reference: 'exact',
  rules: [
    { rule: 'backpropagation', label: 'exact', parameters: { learningRate: 0.2 } },
    { rule: 'feedback-alignment', label: 'random', parameters: { learningRate: 0.1 } },
    { rule: 'feedback-alignment', label: 'slow', parameters: { learningRate: 0.01 } },
  ],
  sensitivity: { parameters: ['learningRate'], factors: [2], seeds: 1 },
  gates: [
    { kind: 'times-reference', rule: 'random', atMost: 2 },
    { kind: 'score-at-least', rule: 'slow', value: 50 },
    { kind: 'score-at-most', rule: 'readout-only', value: 75 },
  ],
  published: [{ rule: 'random', value: 100, source: 'Somebody 2000' }],
});
const after = (...rules: string[]) => studyAfter(base, { title: 'Again', rules, seeds: 9 });

it('rules keep all that is set for them; a new one takes the learning rate of the reference', () => {
  const study = after('kolen-pollack', 'feedback-alignment', 'backpropagation');
  expect(study).toMatchObject({ title: 'Again', seeds: 9, reference: 'exact', task: base.task, gates: base.gates });
  expect(study.rules).toEqual([
    { rule: 'kolen-pollack', parameters: { learningRate: 0.2 } },
    base.rules[1],
    base.rules[2],
    base.rules[0],
  ]);
  expect(study.controlLearningRate).toBeUndefined();
});

it('what speaks of rules that were left out goes with them', () => {
  const study = after('backpropagation');
  expect(study.gates.map(({ rule }) => rule)).toEqual(['readout-only']);
  expect(study.published).toEqual([]);
  expect(study.sensitivity).toEqual(base.sensitivity);
});

it('without the reference the first rule is one, bounds relative to the old one go, and the control learns as before', () => {
  const study = after('feedback-alignment');
  expect(study.reference).toBe('random');
  expect(study.controlLearningRate).toBe(0.2);
  expect(study.gates.map(({ kind }) => kind)).toEqual(['score-at-least', 'score-at-most']);
});

it('a rule without the studied parameter leaves nothing to vary', () => {
  expect(after('pair-stdp').sensitivity).toBeUndefined();
  expect(after('pair-stdp').rules).toEqual([{ rule: 'pair-stdp', parameters: {} }]);
});
