// Random-feedback local online learning: the local part of the gradient of a leaky rate network.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';
import { rateTimeConstant, senderRate, slopeAtDrive } from './recurrent-parameters.ts';

export const rflo: RuleDeclaration = {
  name: 'rflo',
  title: 'RFLO',
  about:
    'Each synapse keeps what it did to its receiver as far as the receiver’s own leak lets it last; errors come over connections of their own.',
  form: 'rate',
  sources: ['Murray 2019, eLife 8:e43299'],
  parameters: { learningRate: learningRate(0.1), timeConstantMilliseconds: rateTimeConstant },
  pre: { x: senderRate },
  post: { slope: slopeAtDrive },
  thirdFactors: { error: { label: 'Error over the feedback connections', unit: '', pathway: 'separate' } },
  synapse: { p: { label: 'Eligibility', unit: '', initial: 0 } },
  bounds: {},
  on: {
    step: {
      w: 'w - eta * error * ((1 - dt / tau) * p + dt / tau * slope * x)',
      p: '(1 - dt / tau) * p + dt / tau * slope * x',
    },
  },
};
