import { expect, it } from 'vitest';
import { bpttSurrogate } from '../learning-rule/catalogue/bptt-surrogate.ts';
import { usualValue } from './usual-value.ts';

it('is what the task learns with where Adam learns it, else what the rule declares', () => {
  expect(usualValue(bpttSurrogate, 'learningRate', 'evidence-accumulation')).toBe(0.005);
  expect(usualValue(bpttSurrogate, 'learningRate', 'cursor')).toBe(bpttSurrogate.parameters['learningRate']!.default);
  expect(() => usualValue(bpttSurrogate, 'learnRate', 'cursor')).toThrow(RangeError);
});
