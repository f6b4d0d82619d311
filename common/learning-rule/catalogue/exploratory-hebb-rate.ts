// Exploratory Hebbian learning: the receiver's deviation from its own mean stands for the noise that it cannot know.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';
import { receiverRate, runningMean, runningMeanOfRate, senderRate } from './recurrent-parameters.ts';

export const exploratoryHebbRate: RuleDeclaration = {
  name: 'exploratory-hebb-rate',
  title: 'Exploratory Hebb',
  about:
    'The receiver’s rate less its running mean, which stands for the noise in it, times what the sender gave, times the reward of the step less its mean. The neuron need not know its noise.',
  form: 'rate',
  sources: [
    'Legenstein, Chase, Schwartz & Maass 2010, J. Neurosci. 30:8400',
    'Hoerzer, Legenstein & Maass 2014, Cereb. Cortex 24:677',
  ],
  // 0.8 of the mean is kept in a step of 1 ms.
  parameters: { learningRate: learningRate(0.1), meanTimeConstantMilliseconds: runningMean(4.5) },
  pre: { x: senderRate },
  post: { y: receiverRate, y_mean: runningMeanOfRate },
  thirdFactors: {
    reward: { label: 'Reward less the mean reward of the same moment', unit: '', pathway: 'broadcast' },
  },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta * reward * x * (y - y_mean)' } },
};
