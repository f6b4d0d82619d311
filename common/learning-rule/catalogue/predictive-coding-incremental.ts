// Incremental predictive coding: values and weights move together in every step.
import type { RuleDeclaration } from '../declaration.ts';
import { settlingStep, settlingSteps } from './phase-parameters.ts';
import { predictiveCodingReads } from './predictive-coding-reads.ts';
import { learningRate } from './rate-parameters.ts';

export const predictiveCodingIncremental: RuleDeclaration = {
  ...predictiveCodingReads,
  name: 'predictive-coding-incremental',
  title: 'Predictive coding, incremental',
  about:
    'Synapses do not wait for values to settle: both descend the same energy in every step, so that nothing has to say when settling is over.',
  sources: ['Salvatori et al. 2024, ICLR, incremental predictive coding'],
  parameters: {
    learningRate: learningRate(0.005),
    settlingSteps: settlingSteps(20),
    settlingStep: settlingStep(0.1),
  },
  on: { step: { w: 'w + eta * error * slope * x' } },
};
