// Kolen-Pollack learning: forward and feedback weights get the same changes and the same decay, and so come together.
import type { RuleDeclaration } from '../declaration.ts';
import { errorDriven } from './error-driven.ts';
import { feedbackScale, weightDecay } from './multilayer-parameters.ts';

const fromErrors = errorDriven(
  {
    name: 'kolen-pollack',
    title: 'Kolen–Pollack',
    about:
      'Feedback connections learn by the same rule as the forward ones, from the same two neurons; both decay, so that what they differ by shrinks by 1 − ηλ with each change.',
    sources: [
      'Kolen & Pollack 1994, IEEE ICNN 3:1375',
      'Akrout, Wilson, Humphreys, Lillicrap & Tweed 2019, NeurIPS 32',
    ],
  },
  'separate',
  { feedbackScale: feedbackScale(), weightDecay: weightDecay(0.02) },
);

export const kolenPollack: RuleDeclaration = {
  ...fromErrors,
  on: { step: { w: 'w - eta * (error * slope * x + lambda * w)' } },
};
