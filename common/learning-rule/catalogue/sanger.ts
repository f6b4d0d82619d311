// Sanger's rule: receivers in an order find the first principal components, one each.
import type { RuleDeclaration } from '../declaration.ts';
import { learningRate } from './rate-parameters.ts';

export const sanger: RuleDeclaration = {
  name: 'sanger',
  title: 'Sanger (generalised Hebbian)',
  about:
    'Each receiver learns by Oja’s rule from what the receivers before it leave of the input. What they explain of a sender’s rate is a sum over their rates and their weights from that sender: other synapses’ weights, which no lateral connection of a neuron carries without copies of them.',
  form: 'rate',
  sources: ['Sanger 1989, Neural Networks 2:459'],
  parameters: { learningRate: learningRate(0.005) },
  pre: { x: { kind: 'value', label: 'Rate of the sender', unit: '' } },
  post: { y: { kind: 'value', label: 'Rate of the receiver', unit: '' } },
  thirdFactors: {
    explained: {
      label:
        'Part of the sender’s rate that receivers before this one explain: Σ of their rates × their weights from it',
      unit: '',
      pathway: 'global',
    },
  },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta * y * (x - explained - y * w)' } },
};
