// Predictive coding whose outputs are free and only pulled towards their targets.
import type { RuleDeclaration } from '../declaration.ts';
import { nudging, settlingStep, restTolerance, settlingSteps } from './phase-parameters.ts';
import { predictiveCodingReads } from './predictive-coding-reads.ts';
import { learningRate } from './rate-parameters.ts';

export const predictiveCodingNudged: RuleDeclaration = {
  ...predictiveCodingReads,
  name: 'predictive-coding-nudged',
  title: 'Predictive coding, nudged',
  about:
    'Outputs settle too, pulled by their targets with strength β; this is an output of precision β / (1 + β), and follows the gradient as β goes to 0.',
  sources: [
    'Pinchetti et al. 2025, ICLR, nudging in predictive coding',
    'Scellier & Bengio 2017, Front. Comput. Neurosci. 11:24, weak clamping of outputs',
  ],
  parameters: {
    learningRate: learningRate(0.05),
    nudging: nudging(0.1),
    settlingSteps: settlingSteps(200),
    restTolerance,
    settlingStep: settlingStep(0.1),
  },
  on: { step: { w: 'w + eta / beta * error * slope * x' } },
};
