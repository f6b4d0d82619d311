// Predictive coding with predictions held as they were before the targets came: backpropagation by settling.
import type { RuleDeclaration } from '../declaration.ts';
import { restTolerance, secondRate, settlingStep, settlingSteps } from './phase-parameters.ts';
import { predictiveCodingReads } from './predictive-coding-reads.ts';
import { learningRate } from './rate-parameters.ts';

export const predictiveCodingFixed: RuleDeclaration = {
  ...predictiveCodingReads,
  pre: { x: secondRate('Rate of the sender in the forward pass') },
  name: 'predictive-coding-fixed',
  title: 'Predictive coding, fixed predictions',
  about:
    'Predictions stay those of the forward pass while values settle; errors then equal those of backpropagation. With steps of full length as many steps as layers are enough.',
  sources: [
    'Millidge, Tschantz & Buckley 2022, Neural Comput. 34:1329, fixed-prediction assumption',
    'Rosenbaum 2022, PLoS ONE 17:e0266102',
  ],
  parameters: {
    learningRate: learningRate(0.05),
    settlingSteps: settlingSteps(20),
    restTolerance,
    settlingStep: settlingStep(1),
  },
  on: { step: { w: 'w + eta * error * slope * x' } },
};
