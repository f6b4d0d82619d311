// Direct feedback alignment: the error of the output comes to every layer over fixed random connections.
import type { RuleDeclaration } from '../declaration.ts';
import { errorDriven } from './error-driven.ts';
import { feedbackScale } from './multilayer-parameters.ts';

export const directFeedbackAlignment: RuleDeclaration = errorDriven(
  {
    name: 'direct-feedback-alignment',
    title: 'Direct feedback alignment',
    about:
      'Every hidden layer gets the error of the output itself, over fixed random connections of its own: one message to all layers, and no chain between them.',
    sources: ['Nøkland 2016, NeurIPS 29'],
  },
  'separate',
  { feedbackScale: feedbackScale() },
);
