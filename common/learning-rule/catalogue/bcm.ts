// BCM: growth above and decline below a threshold that slides with the receiver's own activity.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';

export const bcm: RuleDeclaration = {
  name: 'bcm',
  title: 'BCM',
  about:
    'Active inputs grow when the receiver’s rate is above its threshold and decline below it; the threshold is the running mean of the squared rate and must move faster than the weights. The receiver becomes selective.',
  form: 'rate',
  sources: ['Bienenstock, Cooper & Munro 1982, J. Neurosci. 2:32', 'Intrator & Cooper 1992, Neural Networks 5:3'],
  parameters: {
    learningRate: learningRate(0.001),
    thresholdTimeConstantMilliseconds: {
      symbol: 'tau_theta',
      label: 'τθ',
      unit: 'ms',
      min: 1,
      max: 100_000,
      default: 100,
      note: 'A presentation lasts 1 ms',
    },
  },
  pre: { x: { kind: 'value', label: 'Rate of the sender', unit: '' } },
  post: {
    y: { kind: 'value', label: 'Rate of the receiver', unit: '' },
    y2: { kind: 'value', label: 'Square of the receiver’s rate', unit: '' },
    theta: {
      kind: 'average',
      label: 'Threshold: running mean of the squared rate',
      unit: '',
      of: 'y2',
      timeConstant: 'tau_theta',
    },
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta * x * y * (y - theta)' } },
};
