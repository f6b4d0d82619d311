// Weight mirror: feedback connections find the forward weights from noise, in a phase without a task.
import type { RuleDeclaration } from '../declaration.ts';
import { errorDriven } from './error-driven.ts';
import { feedbackRate, feedbackScale, feedbackSteps, noise, number } from './multilayer-parameters.ts';

const sources = ['Akrout, Wilson, Humphreys, Lillicrap & Tweed 2019, NeurIPS 32'];

/** Of the forward weights. */
export const weightMirror: RuleDeclaration = errorDriven(
  {
    name: 'weight-mirror',
    title: 'Weight mirror',
    about:
      'Errors come back over connections of their own, which between the presentations find out what the forward weights are, from noise that passes through those.',
    sources,
  },
  'separate',
  { feedbackScale: feedbackScale(), feedbackSteps: feedbackSteps(1) },
);

/** Of the feedback weights of the weight mirror, from the layer above to the one below. */
export const weightMirrorFeedback: RuleDeclaration = {
  name: 'weight-mirror-feedback',
  title: 'Weight mirror, feedback',
  about:
    'While the layer below makes noise, a feedback connection learns from how the two of its neurons go together, each less its own mean: that is the forward weight.',
  form: 'rate',
  sources,
  parameters: {
    feedbackRate: feedbackRate(0.05),
    feedbackDecay: number('lambda', 'Decay of the feedback', 0.05, { max: 1, note: 'Per presentation' }),
    noiseDeviation: noise(1, 'the layer below'),
    noiseMean: number('mean', 'Mean of the noise', 0.5, { min: -10, note: 'Rates have a mean; it must do no harm' }),
    noiseSamples: number('samples', 'Presentations of noise', 64, { min: 2, max: 1e6, note: 'In each phase' }),
    meanTimeConstantMilliseconds: {
      symbol: 'tau_mean',
      label: 'Time constant of means',
      unit: 'ms',
      min: 1,
      max: 1e6,
      default: 1000,
      note: 'A presentation is a millisecond; until that many have been, the mean is that of all',
    },
  },
  pre: {
    x: { kind: 'value', label: 'Answer of the layer above to the noise', unit: '' },
    x_mean: { kind: 'average', of: 'x', label: 'Its mean', unit: '', timeConstant: 'tau_mean' },
  },
  post: {
    y: { kind: 'value', label: 'Noise of the layer below', unit: '' },
    y_mean: { kind: 'average', of: 'y', label: 'Its mean', unit: '', timeConstant: 'tau_mean' },
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta_feedback * (y - y_mean) * (x - x_mean) - lambda * w' } },
};
