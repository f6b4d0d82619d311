// Burst-dependent plasticity of ensembles: events go up, bursts come down, and the probability of a burst is the teacher.
import type { RuleDeclaration } from '../declaration.ts';
import { rate, secondRate } from './phase-parameters.ts';
import { learningRate } from './rate-parameters.ts';

export const burstDependentEnsemble: RuleDeclaration = {
  name: 'burst-dependent-ensemble',
  title: 'Burst-dependent plasticity, ensemble',
  about:
    'Each unit stands for so many cells that only means count. Bursts above what the receiver usually has for so many events strengthen a synapse, fewer weaken it; bursts of the layer above reach apical dendrites over connections of their own.',
  form: 'rate',
  sources: ['Payeur, Guerguiev, Zenke, Richards & Naud 2021, Nat. Neurosci. 24:1010, eq. 1 and the ensemble model'],
  parameters: {
    learningRate: learningRate(0.1),
    teachingStrength: {
      symbol: 'kappa',
      label: 'Strength of the teacher',
      unit: '',
      min: 0.000_01,
      max: 1,
      default: 0.05,
      note: 'Change of the burst probability of an output for an error of 1',
    },
    dendriticGain: {
      symbol: 'gain',
      label: 'Gain of the apical dendrite',
      unit: '',
      min: 0.000_01,
      max: 100,
      default: 1,
      note: 'Of feedback in the logistic burst probability',
    },
  },
  pre: { x: rate('Event rate of the sender, about its middle') },
  post: {
    events: rate('Event rate of the receiver'),
    bursts: secondRate('Burst rate of the receiver'),
    usual: secondRate('Burst probability of the receiver without teacher'),
  },
  thirdFactors: {},
  synapse: {},
  bounds: {},
  on: { step: { w: 'w + eta / kappa * (bursts - usual * events) * x' } },
};
