// Target propagation and its kin: layers learn to reach targets that come down over connections which learn as well.
import type { RuleDeclaration } from '../declaration.ts';
import { feedbackScale, feedbackSteps, targetStep } from './multilayer-parameters.ts';
import { learningRate } from './rate-parameters.ts';

/** Of the forward weights; kinds differ in where targets come from. */
const targetDriven = (about: Pick<RuleDeclaration, 'name' | 'title' | 'about' | 'sources'>): RuleDeclaration => ({
  ...about,
  form: 'rate',
  parameters: {
    learningRate: learningRate(0.05),
    targetStep: targetStep(0.1),
    feedbackScale: feedbackScale(),
    feedbackSteps: feedbackSteps(1),
  },
  pre: { x: { kind: 'value', label: 'Rate of the sender', unit: '' } },
  post: {
    y: { kind: 'value', label: 'Rate of the receiver', unit: '' },
    slope: { kind: 'value', label: 'Slope of the activation at the drive', unit: '' },
    target: { kind: 'second-state', label: 'Rate that the receiver should have', unit: '' },
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w - eta * (y - target) / step * slope * x' } },
});

export const targetPropagation = targetDriven({
  name: 'target-propagation',
  title: 'Target propagation',
  about:
    'The target of a layer is what feedback connections make of the target of the layer above; they learn to undo what the forward ones do.',
  sources: ['Bengio 2014, arXiv 1407.7906', 'Lee, Zhang, Fischer & Bengio 2015, ECML-PKDD'],
});

export const differenceTargetPropagation = targetDriven({
  name: 'difference-target-propagation',
  title: 'Difference target propagation',
  about:
    'As target propagation, less what feedback makes of the activity above: where nothing is to be changed above, nothing is below, even where feedback does not quite undo the forward way.',
  sources: ['Lee, Zhang, Fischer & Bengio 2015, ECML-PKDD'],
});

export const directLinearFeedback = targetDriven({
  name: 'direct-linear-feedback',
  title: 'Difference target propagation with direct linear feedback',
  about:
    'Each hidden layer gets the difference that the output should make, over direct linear connections which learn to undo all of the way from it to the output.',
  sources: ['Meulemans, Carzaniga, Suykens, Sacramento & Grewe 2020, NeurIPS 33'],
});

export const localDifferenceReconstruction = targetDriven({
  name: 'local-difference-reconstruction',
  title: 'Difference target propagation with local difference reconstruction',
  about:
    'As difference target propagation, and feedback learns to answer a change above as the forward way answers one below: its Jacobian comes to be the transpose of the forward one, and targets follow the gradient.',
  sources: ['Ernoult, Normandin, Moudgil, Spinney, Belilovsky, Rish, Richards & Bengio 2022, ICML 162:5968'],
});
