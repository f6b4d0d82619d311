// What a synapse of predictive coding reads, in all its variants.
import type { RuleDeclaration } from '../declaration.ts';
import { rate } from './phase-parameters.ts';

export const predictiveCodingReads: Pick<
  RuleDeclaration,
  'form' | 'pre' | 'post' | 'thirdFactors' | 'synapse' | 'bounds'
> = {
  form: 'rate',
  pre: { x: rate('Value of the sender') },
  post: { slope: rate('Slope of the activation at the drive') },
  thirdFactors: {
    error: {
      label: 'Value less prediction; the value is pulled by errors above, over the weights transposed',
      unit: '',
      pathway: 'transposed-weights',
    },
  },
  synapse: {},
  bounds: {},
};
