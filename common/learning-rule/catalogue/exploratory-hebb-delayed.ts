// Exploratory Hebb for a reward that comes after the trial: large sudden deviations of the receiver stand for its noise.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';
import { receiverRate, runningMean, runningMeanOfRate, senderRate } from './recurrent-parameters.ts';

export const exploratoryHebbDelayed: RuleDeclaration = {
  name: 'exploratory-hebb-delayed',
  title: 'Exploratory Hebb, delayed reward',
  about:
    'The cube of the sender’s rate times the receiver’s deviation from its running mean is summed through the trial; large sudden deviations count most. The reward after the trial, less its mean, does the rest. Made for perturbations that are rare and large.',
  form: 'rate',
  sources: ['Miconi 2017, eLife 6:e20899'],
  // 0.05 of the mean is kept in a step of 1 ms.
  parameters: { learningRate: learningRate(0.1), meanTimeConstantMilliseconds: runningMean(0.33) },
  pre: { x: senderRate },
  post: { y: receiverRate, y_mean: runningMeanOfRate },
  thirdFactors: {
    reward: { label: 'Reward less its mean, 0 until the trial is over', unit: '', pathway: 'broadcast' },
  },
  synapse: { e: { label: 'Eligibility of the trial', unit: '', initial: 0 } },
  bounds: {},
  on: { step: { w: 'w + eta * reward * e', e: 'e + (x * (y - y_mean))^3' } },
};
