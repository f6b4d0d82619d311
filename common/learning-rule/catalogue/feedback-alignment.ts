// Feedback alignment: errors come back over fixed random connections.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';

export const feedbackAlignment: RuleDeclaration = {
  name: 'feedback-alignment',
  title: 'Feedback alignment',
  about:
    'Each layer gets the error of the layer above over fixed random connections of its own; the forward weights come to agree with them.',
  form: 'rate',
  sources: ['Lillicrap, Cownden, Tweed & Akerman 2016, Nat. Commun. 7:13276, eq. 3'],
  parameters: { learningRate: learningRate(0.05) },
  pre: { x: { kind: 'value', label: 'Rate of the sender', unit: '' } },
  post: { slope: { kind: 'value', label: 'Slope of the activation at the drive', unit: '' } },
  thirdFactors: { error: { label: 'Error over the feedback connections', unit: '', pathway: 'separate' } },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w - eta * error * slope * x' } },
};
