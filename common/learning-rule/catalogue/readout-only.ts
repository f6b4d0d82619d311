// The control of every rule that claims to train hidden layers: the delta rule at the output, and nothing below.
import type { RuleDeclaration } from '../declaration.ts';
import { errorDriven } from './error-driven.ts';

export const readoutOnly: RuleDeclaration = errorDriven(
  {
    name: 'readout-only',
    title: 'Readout only',
    about:
      'A control: only the output layer learns, from its own error, and no error reaches the hidden layers. A rule has learned something in hidden layers only where it does better than this.',
    sources: ['Widrow & Hoff 1960, IRE WESCON Convention Record 4:96'],
  },
  'separate',
);
