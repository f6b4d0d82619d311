// Predictive coding: values settle between what is predicted from below and the errors above, then synapses learn.
import type { RuleDeclaration } from '../declaration.ts';
import { settlingStep, restTolerance, settlingSteps } from './phase-parameters.ts';
import { predictiveCodingReads } from './predictive-coding-reads.ts';
import { learningRate } from './rate-parameters.ts';

export const predictiveCoding: RuleDeclaration = {
  ...predictiveCodingReads,
  name: 'predictive-coding',
  title: 'Predictive coding',
  about:
    'With outputs held at their targets, hidden values settle where prediction errors are least; then each synapse lowers the error of its receiver. Follows the gradient as the precision of the output goes to 0.',
  sources: [
    'Whittington & Bogacz 2017, Neural Comput. 29:1229',
    'Rosenbaum 2022, PLoS ONE 17:e0266102, strict predictive coding',
  ],
  parameters: {
    learningRate: learningRate(0.05),
    outputPrecision: {
      symbol: 'lambda',
      label: 'Precision of the output',
      unit: '',
      min: 0.000_001,
      max: 10,
      default: 1,
      note: 'Weight of output errors against hidden ones',
    },
    settlingSteps: settlingSteps(100),
    restTolerance,
    settlingStep: settlingStep(0.1),
  },
  on: { step: { w: 'w + eta / lambda * error * slope * x' } },
};
