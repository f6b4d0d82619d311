// Equilibrium propagation in a network whose two directions have weights of their own.
import type { RuleDeclaration } from '../declaration.ts';
import { nudging, rate, secondRate, restTolerance, settlingSteps } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

export const equilibriumPropagationVectorField: RuleDeclaration = {
  name: 'equilibrium-propagation-vector-field',
  title: 'Equilibrium propagation, vector field',
  about:
    'Connections down have weights of their own and learn by the same rule as those up. Follows the gradient where both are equal, and leaves it as they differ.',
  form: 'rate',
  sources: [
    'Scellier, Goyal, Binas, Mesnard & Bengio 2018, arXiv:1808.04873',
    'Laborieux & Zenke 2024, ICLR, on what asymmetric weights do to it',
  ],
  parameters: {
    learningRate: learningRate(0.05),
    nudging: nudging(0.01, 1),
    settlingSteps: settlingSteps(100),
    restTolerance,
    asymmetry: {
      symbol: 'asymmetry',
      label: 'Difference of the weights down from those up at first',
      unit: '',
      min: 0,
      max: 2,
      default: 0.3,
      note: 'In standard deviations of a weight',
    },
  },
  pre: { x_free: rate('Rate of the sender, free') },
  post: { y_free: rate('Rate of the receiver, free'), y_nudged: secondRate('Rate of the receiver, nudged') },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta / beta * (y_nudged - y_free) * x_free' } },
};
