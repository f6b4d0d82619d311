// Oja's rule: Hebbian learning that keeps the length of the weight vector at 1 and finds the first principal component.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';

export const oja: RuleDeclaration = {
  name: 'oja',
  title: 'Oja',
  about:
    'The weights of a linear receiver come to the first principal component of its input, with length 1. The input must have mean 0.',
  form: 'rate',
  sources: ['Oja 1982, J. Math. Biol. 15:267'],
  parameters: { learningRate: learningRate(0.005) },
  pre: { x: { kind: 'value', label: 'Rate of the sender', unit: '' } },
  post: { y: { kind: 'value', label: 'Rate of the receiver', unit: '' } },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta * y * (x - y * w)' } },
};
