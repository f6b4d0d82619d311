// Equilibrium propagation with outputs pulled towards the targets, and pushed away as strongly.
import type { RuleDeclaration } from '../declaration.ts';
import { nudging, secondRate, restTolerance, settlingSteps } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

const nudged = (sign: string, towards: string) => ({
  label: `Rate of the receiver at nudging ${sign}β, ${towards}, over connections that equal the forward ones`,
  unit: '',
  pathway: 'transposed-weights' as const,
});

export const equilibriumPropagationSymmetric: RuleDeclaration = {
  name: 'equilibrium-propagation-symmetric',
  title: 'Equilibrium propagation, symmetric',
  about:
    'Correlations at nudging +β less those at −β: the errors of first order cancel, and what is left is of order β².',
  form: 'rate',
  sources: ['Laborieux, Ernoult, Scellier, Bengio, Grollier & Querlioz 2021, Front. Neurosci. 15:633674'],
  parameters: {
    learningRate: learningRate(0.05),
    nudging: nudging(0.1, 0.9),
    settlingSteps: settlingSteps(100),
    restTolerance,
  },
  pre: { x_plus: secondRate('Rate of the sender at +β'), x_minus: secondRate('Rate of the sender at −β') },
  post: {},
  thirdFactors: { y_plus: nudged('+', 'towards the target'), y_minus: nudged('−', 'away from it') },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta / (2 * beta) * (y_plus * x_plus - y_minus * x_minus)' } },
};
