// PEPITA: the error changes the input of a second presentation, and layers learn from the difference that this makes.
import type { RuleDeclaration } from '../declaration.ts';
import { number } from './multilayer-parameters.ts';
import { learningRate } from './rate-parameters.ts';

export const pepita: RuleDeclaration = {
  name: 'pepita',
  title: 'PEPITA',
  about:
    'A second presentation has the error of the first in its input, over fixed random connections; each neuron learns from the difference between the two, the output from its target.',
  form: 'rate',
  sources: [
    'Dellaferrera & Kreiman 2022, ICML 162:4937',
    'Srinivasan, Mignacco, Sorbaro, Refinetti, Cooper, Kreiman & Dellaferrera 2023, arXiv 2302.05440: its sign, as feedback alignment with W₁F',
  ],
  parameters: {
    learningRate: learningRate(0.05),
    feedbackScale: number('feedback_scale', 'Size of the connections to the input', 0.1, {
      note: 'Their standard deviation times the square root of the number of inputs',
    }),
  },
  pre: { x_second: { kind: 'second-state', label: 'Rate of the sender in the second presentation', unit: '' } },
  post: {
    y: { kind: 'value', label: 'Rate of the receiver in the first presentation', unit: '' },
    y_second: {
      kind: 'second-state',
      label: 'Rate of the receiver in the second presentation; its target at the output',
      unit: '',
    },
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w - eta * (y - y_second) * x_second' } },
};
