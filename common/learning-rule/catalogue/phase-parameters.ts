// Parameters and reads that rules share whose networks settle before their synapses change.
import type { NeuronRead, RuleParameter } from '../declaration.ts';

/** The most steps in which a network comes to rest. */
export const settlingSteps = (standard: number): RuleParameter => ({
  symbol: 'T',
  label: 'Settling steps',
  unit: '',
  min: 1,
  max: 100_000,
  default: standard,
  note: 'The most; a network at rest stops before',
});

/** A network is at rest when nothing in it changes by more than this in a step. */
export const restTolerance: RuleParameter = {
  symbol: 'rest',
  label: 'Greatest change at rest',
  unit: '',
  min: 0,
  max: 0.01,
  default: 1e-8,
};

/** How far a neuron goes towards its rest in one step. */
export const settlingStep = (standard: number): RuleParameter => ({
  symbol: 'step',
  label: 'Length of a settling step',
  unit: '',
  min: 0.001,
  max: 1,
  default: standard,
  note: 'In time constants of the neuron',
});

/** How strongly the targets pull on the outputs, β. */
export const nudging = (standard: number, max = 10): RuleParameter => ({
  symbol: 'beta',
  label: 'Nudging',
  unit: '',
  min: 0.000_01,
  max,
  default: standard,
});

export const rate = (label: string): NeuronRead => ({ kind: 'value', label, unit: '' });
export const secondRate = (label: string): NeuronRead => ({ kind: 'second-state', label, unit: '' });
