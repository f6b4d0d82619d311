// Real-time recurrent learning: the exact gradient forward in time, which no synapse can know.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';

export const rtrl: RuleDeclaration = {
  name: 'rtrl',
  title: 'Real-time recurrent learning',
  about:
    'The sensitivity of every neuron to every weight is carried along in time: exact, and the yardstick of online rules.',
  form: 'rate',
  sources: ['Williams & Zipser 1989, Neural Comput. 1:270'],
  parameters: { learningRate: learningRate(0.01) },
  pre: {},
  post: {},
  thirdFactors: {
    gradient: { label: 'Slope of the cost of this step by this weight', unit: '', pathway: 'global' },
  },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w - eta * gradient' } },
};
