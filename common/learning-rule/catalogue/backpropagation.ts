// Backpropagation: the true gradient, by which every other rule is measured.
import type { RuleDeclaration } from '../declaration.ts';
import { errorDriven } from './error-driven.ts';

export const backpropagation: RuleDeclaration = errorDriven(
  {
    name: 'backpropagation',
    title: 'Backpropagation',
    about:
      'The reference, and no rule of tissue: each layer gets the error of the layer above over the forward weights themselves, so the weight of one synapse must be known at another.',
    sources: ['Rumelhart, Hinton & Williams 1986, Nature 323:533'],
  },
  'transposed-weights',
);
