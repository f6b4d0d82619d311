// Feedback alignment: errors come back over fixed random connections.
import type { RuleDeclaration } from '../declaration.ts';
import { errorDriven } from './error-driven.ts';
import { feedbackScale } from './multilayer-parameters.ts';

export const feedbackAlignment: RuleDeclaration = errorDriven(
  {
    name: 'feedback-alignment',
    title: 'Feedback alignment',
    about:
      'Each layer gets the error of the layer above over fixed random connections of its own; the forward weights come to agree with them.',
    sources: ['Lillicrap, Cownden, Tweed & Akerman 2016, Nat. Commun. 7:13276, eq. 3'],
  },
  'separate',
  { feedbackScale: feedbackScale() },
);
