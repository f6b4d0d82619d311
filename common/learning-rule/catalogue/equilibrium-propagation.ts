// Equilibrium propagation: what two rests of one network, free and nudged, have in different correlations is the gradient.
import type { RuleDeclaration } from '../declaration.ts';
import { nudging, rate, secondRate, restTolerance, settlingSteps } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

export const equilibriumPropagation: RuleDeclaration = {
  name: 'equilibrium-propagation',
  title: 'Equilibrium propagation',
  about:
    'A network of symmetric connections comes to rest freely, then with its outputs pulled weakly towards the targets; each synapse learns the difference of its correlations. The error of the gradient is of order β.',
  form: 'rate',
  sources: ['Scellier & Bengio 2017, Front. Comput. Neurosci. 11:24'],
  parameters: {
    learningRate: learningRate(0.05),
    nudging: nudging(0.1, 1),
    settlingSteps: settlingSteps(100),
    restTolerance,
  },
  pre: { x_free: rate('Rate of the sender, free'), x_nudged: secondRate('Rate of the sender, nudged') },
  post: { y_free: rate('Rate of the receiver, free') },
  thirdFactors: {
    y_nudged: {
      label: 'Rate of the receiver, nudged over connections that equal the forward ones',
      unit: '',
      pathway: 'transposed-weights',
    },
  },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta / beta * (y_nudged * x_nudged - y_free * x_free)' } },
};
