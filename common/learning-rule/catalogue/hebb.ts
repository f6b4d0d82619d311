// Hebbian learning of a rate network, with forgetting that keeps it bounded.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';

export const hebb: RuleDeclaration = {
  name: 'hebb',
  title: 'Hebb with decay',
  about:
    'A weight grows with the product of the rates on its two sides and decays by itself: where both stay as they are it comes to their mean product divided by λ.',
  form: 'rate',
  sources: ['Hebb 1949, The Organization of Behavior', 'Gerstner & Kistler 2002, Biol. Cybern. 87:404'],
  parameters: {
    learningRate: learningRate(0.01),
    decay: {
      symbol: 'lambda',
      label: 'Decay λ',
      unit: '',
      min: 0,
      max: 10,
      default: 1,
      note: 'Of the weight, beside a product of 1',
    },
  },
  pre: { x: { kind: 'value', label: 'Rate of the sender', unit: '' } },
  post: { y: { kind: 'value', label: 'Rate of the receiver', unit: '' } },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta * (x * y - lambda * w)' } },
};
