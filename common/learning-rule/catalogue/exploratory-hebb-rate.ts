// Exploratory Hebbian learning: the receiver's deviation from its own mean stands for the noise that it cannot know.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';
import { senderRate } from './recurrent-parameters.ts';

export const exploratoryHebbRate: RuleDeclaration = {
  name: 'exploratory-hebb-rate',
  title: 'Exploratory Hebb',
  about:
    'The cube of the sender’s rate times the receiver’s deviation from its running mean is summed through the trial; large sudden deviations count most. The reward after the trial, less its mean, does the rest.',
  form: 'rate',
  sources: ['Miconi 2017, eLife 6:e20899', 'Legenstein, Chase, Schwartz & Maass 2010, J. Neurosci. 30:8400'],
  parameters: {
    learningRate: learningRate(0.1),
    meanTimeConstantMilliseconds: {
      symbol: 'tau_mean',
      label: 'Time constant of the running mean',
      unit: 'ms',
      min: 1,
      max: 10_000,
      default: 20,
    },
  },
  pre: { x: senderRate },
  post: {
    a: { kind: 'value', label: 'Drive of the receiver', unit: '' },
    a_mean: { kind: 'average', of: 'a', label: 'Its running mean', unit: '', timeConstant: 'tau_mean' },
  },
  thirdFactors: {
    reward: { label: 'Reward less its mean, 0 until the trial is over', unit: '', pathway: 'broadcast' },
  },
  synapse: { e: { label: 'Eligibility of the trial', unit: '', initial: 0 } },
  bounds: {},
  on: { step: { w: 'w + eta * reward * e', e: 'e + (x * (a - a_mean))^3' } },
};
