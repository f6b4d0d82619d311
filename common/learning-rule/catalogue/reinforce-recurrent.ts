// REINFORCE of a recurrent network with reward in every step, as in studies of brain–computer interfaces.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';
import { ownNoise, rateTimeConstant, senderRate, slopeAtDrive } from './recurrent-parameters.ts';

const eligibility = '(1 - dt / tau) * p + dt / tau * xi * slope * x';

export const reinforceRecurrent: RuleDeclaration = {
  name: 'reinforce-recurrent',
  title: 'REINFORCE, recurrent',
  about:
    'The noise that entered the receiver times what the sender gave, kept for as long as the neuron remembers, times the reward of the step less its mean.',
  form: 'rate',
  sources: ['Williams 1992, Mach. Learn. 8:229', 'Portes, Schmid & Murray 2022, NeurIPS'],
  parameters: { learningRate: learningRate(0.1), timeConstantMilliseconds: rateTimeConstant },
  pre: { x: senderRate },
  post: { xi: ownNoise, slope: slopeAtDrive },
  thirdFactors: { reward: { label: 'Reward less its mean', unit: '', pathway: 'broadcast' } },
  synapse: { p: { label: 'Eligibility', unit: '', initial: 0 } },
  bounds: {},
  on: { step: { w: `w + eta * reward * (${eligibility})`, p: eligibility } },
};
