import { expect, test } from 'vitest';
import type { PicturedProjection } from '../../common/contract/network-picture.ts';
import { backendWords, delayWords, learningWords, modelWords, weightWords } from './network-words.ts';

const projection: PicturedProjection = {
  name: 'one',
  from: 0,
  to: 0,
  effect: 'excitatory',
  synapses: 1,
  delayMilliseconds: { shortest: 1, longest: 1 },
  unit: 'nS',
  hasShortTermPlasticity: false,
  isFrozen: false,
  initialWeights: { lowest: 1, highest: 1, mean: 1, from: 0, to: 2, counts: [] },
};

test('models and back ends have words, and one without keeps its name', () => {
  expect([modelWords('lif'), modelWords('new-one')]).toEqual(['leaky integrate-and-fire', 'new-one']);
  expect([backendWords('native'), backendWords('other')]).toEqual(['native, C++', 'other']);
});

test('how weights change is said of learning and of short-term plasticity', () => {
  expect(learningWords(projection)).toBe('fixed');
  const learning = { rule: 'pair-stdp', lowest: 0, highest: 4 };
  expect(learningWords({ ...projection, learning })).toBe('learns by Pair STDP');
  expect(learningWords({ ...projection, learning, hasShortTermPlasticity: true })).toBe(
    'learns by Pair STDP, short-term plasticity',
  );
});

test('delays are one number or a range, weights have their unit', () => {
  expect(delayWords({ shortest: 2, longest: 2 })).toBe('2\u00a0ms');
  expect(delayWords({ shortest: 0.5, longest: 12.25 })).toBe('0.5 to 12.3\u00a0ms');
  expect(weightWords(-0.25, 'nS')).toBe('−0.250\u00a0nS');
});
