// Backpropagation through time, with surrogate slopes where neurons spike: the reference for rules in time.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';

export const bpttSurrogate: RuleDeclaration = {
  name: 'bptt-surrogate',
  title: 'Backpropagation through time',
  about:
    'After a trial the slope of its cost by every drive is computed backwards in time, through a surrogate slope where neurons spike and through their reset. Not plausible; the yardstick for rules in time.',
  form: 'rate',
  sources: ['Werbos 1990, Proc. IEEE 78:1550', 'Neftci, Mostafa & Zenke 2019, IEEE Signal Process. Mag. 36:51'],
  parameters: { learningRate: learningRate(0.01) },
  pre: { x: { kind: 'value', label: 'Spike or rate of the sender that entered the drive', unit: '' } },
  post: {},
  thirdFactors: {
    delta: {
      label: 'Slope of the cost by the receiver’s drive, through the future of the network',
      unit: '',
      pathway: 'global',
    },
  },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w - eta * delta * x' } },
};
