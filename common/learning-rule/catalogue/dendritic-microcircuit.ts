// The cortical microcircuit with apical errors: what the soma does beyond the basal dendrite's prediction is the error.
import type { RuleDeclaration } from '../declaration.ts';
import { rate, secondRate, settlingStep, restTolerance, settlingSteps } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

const conductance = (symbol: string, label: string, standard: number) => ({
  symbol,
  label,
  unit: '',
  min: 0,
  max: 10,
  default: standard,
  note: 'In one unit with the other conductances',
});

export const dendriticMicrocircuit: RuleDeclaration = {
  name: 'dendritic-microcircuit',
  title: 'Dendritic microcircuit',
  about:
    'Interneurons predict the layer above and cancel its feedback in apical dendrites; what they cannot cancel is an error that moves the soma away from what its basal dendrite predicts. Synapses on basal dendrites and on interneurons follow this equation.',
  form: 'rate',
  sources: ['Sacramento, Costa, Bengio & Senn 2018, NeurIPS 31'],
  parameters: {
    learningRate: learningRate(2),
    interneuronLearningRate: {
      ...learningRate(0.1),
      symbol: 'eta_interneuron',
      label: 'Learning rate of interneurons',
    },
    leakConductance: conductance('g_leak', 'Leak', 0.1),
    basalConductance: conductance('g_basal', 'From the basal dendrite, and from the dendrite of interneurons', 1),
    apicalConductance: conductance('g_apical', 'From the apical dendrite', 0.8),
    somaticConductance: conductance('g_somatic', 'From the layer above onto the soma of interneurons', 0.8),
    teachingConductance: conductance('g_teaching', 'From the teacher onto the soma of outputs', 0.1),
    settlingSteps: settlingSteps(200),
    restTolerance,
    settlingStep: settlingStep(0.5),
  },
  pre: { x: rate('Rate of the sender') },
  post: {
    fired: rate('Rate of the soma'),
    predicted: secondRate('Rate that the dendrite with this synapse alone would cause'),
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta * (fired - predicted) * x' } },
};
