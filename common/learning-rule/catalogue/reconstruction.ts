// How the feedback connections of target propagation learn.
import type { RuleDeclaration } from '../declaration.ts';
import { feedbackRate, noise, number } from './multilayer-parameters.ts';

const layerBelow = 'the layer below';

/** Of target propagation and difference target propagation. */
export const reconstruction: RuleDeclaration = {
  name: 'reconstruction-feedback',
  title: 'Reconstruction, feedback',
  about: 'Feedback learns to make of a noisy activity’s effect on the layer above that activity again.',
  form: 'rate',
  sources: ['Lee, Zhang, Fischer & Bengio 2015, ECML-PKDD'],
  parameters: { feedbackRate: feedbackRate(0.05), noiseDeviation: noise(0.1, layerBelow) },
  pre: { x: { kind: 'second-state', label: 'Rate of the sender with noise below it', unit: '' } },
  post: {
    guess: { kind: 'value', label: 'What feedback makes of it', unit: '' },
    slope: { kind: 'value', label: 'Slope of the feedback’s activation', unit: '' },
    wanted: { kind: 'second-state', label: 'Rate of the receiver with its noise', unit: '' },
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w - eta_feedback * (guess - wanted) * slope * x' } },
};

/** Of direct linear feedback: Q comes to be Jᵀ (J Jᵀ + λ/σ²)⁻¹, J being the Jacobian from the layer to the output. */
export const differenceReconstruction: RuleDeclaration = {
  name: 'difference-reconstruction-feedback',
  title: 'Difference reconstruction, feedback',
  about: 'Feedback learns to make of the change of the output the noise that caused it; it decays a little.',
  form: 'rate',
  sources: ['Meulemans, Carzaniga, Suykens, Sacramento & Grewe 2020, NeurIPS 33'],
  parameters: {
    feedbackRate: feedbackRate(0.5),
    noiseDeviation: noise(0.1, layerBelow),
    feedbackDecay: number('lambda', 'Decay of the feedback', 0.1, { note: 'In the variance of the noise' }),
  },
  pre: { difference: { kind: 'second-state', label: 'What noise below changes in the sender', unit: '' } },
  post: {
    guess: { kind: 'value', label: 'What feedback makes of it', unit: '' },
    noise: { kind: 'second-state', label: 'Noise of the receiver', unit: '' },
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: {
    step: { w: 'w - eta_feedback * ((guess - noise) / sigma^2 * difference + lambda * w)' },
  },
};

/** Of local difference reconstruction, with linear feedback. */
export const localDifferenceFeedback: RuleDeclaration = {
  name: 'local-difference-reconstruction-feedback',
  title: 'Local difference reconstruction, feedback',
  about:
    'Feedback goes with the noise below times what that changes above, and against its own answer to noise above times that noise: the first draws it to the transpose of the forward Jacobian, the second holds it there.',
  form: 'rate',
  sources: ['Ernoult, Normandin, Moudgil, Spinney, Belilovsky, Rish, Richards & Bengio 2022, ICML 162:5968'],
  parameters: { feedbackRate: feedbackRate(0.05), noiseDeviation: noise(0.1, 'both layers') },
  pre: {
    difference: { kind: 'second-state', label: 'What noise below changes in the sender', unit: '' },
    probe: { kind: 'value', label: 'Noise of the sender', unit: '' },
  },
  post: {
    noise: { kind: 'value', label: 'Noise of the receiver', unit: '' },
    response: { kind: 'second-state', label: 'What feedback makes of the sender’s noise', unit: '' },
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta_feedback / sigma^2 * (noise * difference - response * probe)' } },
};
