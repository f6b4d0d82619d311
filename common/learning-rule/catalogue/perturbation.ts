// Node and weight perturbation: what a random change did to the cost tells all who made one whether to keep it.
import type { RuleDeclaration } from '../declaration.ts';
import { noise } from './multilayer-parameters.ts';
import { learningRate } from './rate-parameters.ts';

const costChange = {
  label: 'Cost with the perturbation less cost without',
  unit: '',
  pathway: 'broadcast',
} as const;

export const nodePerturbation: RuleDeclaration = {
  name: 'node-perturbation',
  title: 'Node perturbation',
  about:
    'Each neuron adds noise to its drive; a synapse changes against noise times the rate of its sender, by how much the cost has risen against a presentation without noise.',
  form: 'rate',
  sources: ['Williams 1992, Mach. Learn. 8:229', 'Fiete & Seung 2006, Phys. Rev. Lett. 97:048104'],
  parameters: { learningRate: learningRate(0.05), noiseDeviation: noise(0.01, 'each neuron, as it draws it') },
  pre: { x: { kind: 'value', label: 'Rate of the sender', unit: '' } },
  post: { xi: { kind: 'value', label: 'Noise that the neuron added, in standard deviations', unit: '' } },
  thirdFactors: { cost: costChange },
  synapse: {},
  bounds: {},
  on: { step: { w: 'w - eta * cost / sigma * xi * x' } },
};

export const weightPerturbation: RuleDeclaration = {
  name: 'weight-perturbation',
  title: 'Weight perturbation',
  about:
    'Each synapse varies its weight at random and changes it against that variation, by how much the cost has risen against a presentation without it.',
  form: 'rate',
  sources: [
    'Jabri & Flower 1992, IEEE Trans. Neural Netw. 3:154',
    'Cauwenberghs 1993, NeurIPS 5:244: all weights at once',
  ],
  parameters: { learningRate: learningRate(0.003), noiseDeviation: noise(0.001, 'each synapse, as it draws it') },
  pre: {},
  post: {},
  thirdFactors: { cost: costChange },
  synapse: { xi: { label: 'Variation of the weight, in standard deviations', unit: '', initial: 0 } },
  bounds: {},
  on: { step: { w: 'w - eta * cost / sigma * xi' } },
};
