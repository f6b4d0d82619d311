// Forward-forward: each layer learns to be active for what belongs together and quiet for what does not.
import type { RuleDeclaration } from '../declaration.ts';
import { number } from './multilayer-parameters.ts';
import { learningRate } from './rate-parameters.ts';

export const forwardForward: RuleDeclaration = {
  name: 'forward-forward',
  title: 'Forward-forward',
  about:
    'Inputs come together with their own targets or with those of others; a layer’s summed squared rates should be above a threshold for the first and below it for the second. Each layer sees only the direction of the activity below, not its length.',
  form: 'rate',
  sources: ['Hinton 2022, arXiv 2212.13345'],
  parameters: {
    learningRate: learningRate(0.05),
    threshold: number('theta', 'Threshold of goodness', 0.5, { max: 1000, note: 'Mean squared rate' }),
    readoutRate: number('eta_readout', 'Learning rate of the readout', 0.05),
  },
  pre: { x: { kind: 'value', label: 'Rate of the sender, in the root mean square of its layer', unit: '' } },
  post: {
    y: { kind: 'value', label: 'Rate of the receiver', unit: '' },
    slope: { kind: 'value', label: 'Slope of the activation at the drive', unit: '' },
  },
  thirdFactors: {
    surprise: {
      label: 'Whether input and target belong together (1 or 0) less the layer’s probability that they do',
      unit: '',
      pathway: 'broadcast',
    },
  },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta * surprise * 2 * y * slope * x' } },
};
