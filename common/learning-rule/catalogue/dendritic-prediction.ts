// A dendrite learns to predict what its soma does.
import type { RuleDeclaration } from '../declaration.ts';
import { rate, secondRate } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

export const dendriticPrediction: RuleDeclaration = {
  name: 'dendritic-prediction',
  title: 'Dendritic prediction of somatic spiking',
  about:
    'Synapses on a dendrite compare what the soma fires with what the dendrite alone would make it fire, and take the difference away. A teacher that drives the soma is thus learned.',
  form: 'rate',
  sources: ['Urbanczik & Senn 2014, Neuron 81:521, spikes at their mean'],
  parameters: { learningRate: learningRate(0.1) },
  pre: { psp: rate('Postsynaptic potential of a weight of 1') },
  post: {
    fired: rate('Rate of the soma, of the greatest'),
    predicted: secondRate('Rate that the dendrite alone would cause'),
    sensitivity: secondRate('Slope of the logarithm of the rate at the potential that the dendrite alone would cause'),
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta * (fired - predicted) * sensitivity * psp' } },
};
