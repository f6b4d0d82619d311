// Contrastive Hebbian learning with feedback so weak that it becomes backpropagation.
import type { RuleDeclaration } from '../declaration.ts';
import { contrastiveHebbian } from './contrastive-hebbian.ts';
import { rate, restTolerance, settlingSteps } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

export const contrastiveHebbianWeakFeedback: RuleDeclaration = {
  ...contrastiveHebbian,
  name: 'contrastive-hebbian-weak-feedback',
  title: 'Contrastive Hebbian learning, weak feedback',
  about:
    'Connections down are γ times those up, and layers far from the output learn by as much faster. Follows the gradient as γ goes to 0; the angle to it is in proportion to γ.',
  sources: ['Xie & Seung 2003, Neural Comput. 15:441'],
  parameters: {
    learningRate: learningRate(0.05),
    feedbackStrength: {
      symbol: 'gamma',
      label: 'Strength of feedback',
      unit: '',
      min: 0.000_01,
      max: 1,
      default: 0.05,
    },
    settlingSteps: settlingSteps(100),
    restTolerance,
  },
  post: { ...contrastiveHebbian.post, above: rate('Layers above the receiver') },
  on: { step: { w: 'w + eta / gamma^above * (y_clamped * x_clamped - y_free * x_free)' } },
};
