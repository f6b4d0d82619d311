// Node perturbation of a recurrent network: noise that went with a better trial is made to come again.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';
import { ownNoise, senderRate } from './recurrent-parameters.ts';

export const nodePerturbationInTime: RuleDeclaration = {
  name: 'node-perturbation-in-time',
  title: 'Node perturbation in time',
  about:
    'The synapse sums the noise of its receiver times what the sender gave, through the trial; the reward after it, less its mean, says whether that was good.',
  form: 'rate',
  sources: ['Fiete & Seung 2006, Phys. Rev. Lett. 97:048104'],
  parameters: {
    learningRate: learningRate(0.01),
    noiseDeviation: {
      symbol: 'sigma',
      label: 'Deviation of the noise',
      unit: '',
      min: 1e-6,
      max: 10,
      default: 0.25,
    },
  },
  pre: { x: senderRate },
  post: { xi: ownNoise },
  thirdFactors: {
    reward: { label: 'Reward less its mean, 0 until the trial is over', unit: '', pathway: 'broadcast' },
  },
  synapse: { e: { label: 'Eligibility of the trial', unit: '', initial: 0 } },
  bounds: {},
  on: { step: { w: 'w + eta / sigma * reward * e', e: 'e + xi * x' } },
};
