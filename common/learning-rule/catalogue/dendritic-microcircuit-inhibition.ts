// Inhibition of apical dendrites learns to silence them.
import type { RuleDeclaration } from '../declaration.ts';
import { rate, secondRate } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

export const dendriticMicrocircuitInhibition: RuleDeclaration = {
  name: 'dendritic-microcircuit-inhibition',
  title: 'Dendritic microcircuit, inhibition',
  about:
    'Synapses of interneurons on the apical dendrites of the dendritic microcircuit bring the apical potential to rest, at 0.',
  form: 'rate',
  sources: ['Sacramento, Costa, Bengio & Senn 2018, NeurIPS 31'],
  parameters: { learningRate: learningRate(0.1) },
  pre: { x: rate('Rate of the interneuron') },
  post: { apical: secondRate('Potential of the apical dendrite above rest') },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w - eta * apical * x' } },
};
