// Plasticity over a behaviour's seconds: a plateau of the receiver changes inputs that were active seconds before or after it.
import type { RuleDeclaration, RuleParameter } from '../declaration.ts';
import { largestWeight, timeConstant } from './spiking-parameters.ts';

const rate = (symbol: string, label: string, standard: number): RuleParameter => ({
  symbol,
  label,
  unit: 'Hz',
  min: 0,
  max: 100,
  default: standard,
});
const overlap = (symbol: string, label: string, standard: number): RuleParameter => ({
  symbol,
  label,
  unit: '',
  min: 0.001,
  max: 1000,
  default: standard,
  note: 'Eligibility times instruction from which on the change is no faster',
});

export const btsp: RuleDeclaration = {
  name: 'btsp',
  title: 'Behavioural time scale plasticity',
  about:
    'Inputs leave an eligibility and plateaus an instruction, both for about a second. Where the two overlap much the weight is drawn up, where they overlap little it is drawn down (limited straight lines stand for the sigmoids of the source).',
  form: 'spiking',
  sources: [
    'Milstein, Li, Bittner, Grienberger, Soltesz, Magee & Romani 2021, eLife 10:e73046',
    'Bittner, Milstein, Grienberger, Romani & Magee 2017, Science 357:1033',
  ],
  parameters: {
    eligibilityTimeConstantMilliseconds: timeConstant('tau_et', 'τET', 1500, 20_000),
    instructionTimeConstantMilliseconds: timeConstant('tau_is', 'τIS', 500, 20_000),
    potentiationRateHertz: rate('k_plus', 'k+', 4),
    depressionRateHertz: rate('k_minus', 'k−', 0.3),
    potentiationOverlap: overlap('o_plus', 'Overlap of potentiation', 2),
    depressionOverlap: overlap('o_minus', 'Overlap of depression', 0.2),
    maximumWeight: largestWeight,
  },
  pre: { et: { kind: 'trace', label: 'Eligibility from the sender', timeConstant: 'tau_et' } },
  post: {},
  thirdFactors: {
    plateau: { label: 'Plateau of the receiver: 1 while it lasts', unit: '', min: 0, max: 1, pathway: 'separate' },
  },
  synapse: { s: { label: 'Instruction: running mean of the plateau', unit: '', initial: 0, min: 0, max: 1 } },
  bounds: { min: '0', max: 'w_max' },
  on: {
    step: {
      w: 'w + dt * (k_plus * clip(et * s / o_plus, 0, 1) * (w_max - w) - k_minus * clip(et * s / o_minus, 0, 1) * w)',
      s: 'plateau + (s - plateau) * exp(-dt / tau_is)',
    },
  },
};
