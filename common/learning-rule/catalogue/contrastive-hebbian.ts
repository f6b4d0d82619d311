// Contrastive Hebbian learning: Hebbian with the outputs at their targets, anti-Hebbian without.
import type { RuleDeclaration } from '../declaration.ts';
import { rate, secondRate, restTolerance, settlingSteps } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

export const contrastiveHebbian: RuleDeclaration = {
  name: 'contrastive-hebbian',
  title: 'Contrastive Hebbian learning',
  about:
    'A network of symmetric connections comes to rest with its outputs free and held at the targets; synapses learn the difference of their correlations. It lowers the difference of both energies, which is not the squared error.',
  form: 'rate',
  sources: ['Movellan 1991, Proc. 1990 Connectionist Models Summer School, 10-17'],
  parameters: { learningRate: learningRate(0.02), settlingSteps: settlingSteps(100), restTolerance },
  pre: {
    x_free: rate('Rate of the sender, free'),
    x_clamped: secondRate('Rate of the sender, outputs at the targets'),
  },
  post: { y_free: rate('Rate of the receiver, free') },
  thirdFactors: {
    y_clamped: {
      label: 'Rate of the receiver, outputs at the targets, over connections that equal the forward ones',
      unit: '',
      pathway: 'transposed-weights',
    },
  },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta * (y_clamped * x_clamped - y_free * x_free)' } },
};
