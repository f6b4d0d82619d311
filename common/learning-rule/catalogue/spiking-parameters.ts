// Parameters that rules for spiking neurons share.
import type { RuleParameter } from '../declaration.ts';

export const timeConstant = (symbol: string, label: string, standard: number, max = 500): RuleParameter => ({
  symbol,
  label,
  unit: 'ms',
  min: 1,
  max,
  default: standard,
});

/** A change by one pair, as a part of the largest weight. */
export const fraction = (symbol: string, label: string, standard: number): RuleParameter => ({
  symbol,
  label,
  unit: '',
  min: 0,
  max: 1,
  default: standard,
  note: 'Of the largest weight',
});

/** In files with its unit: maximumWeightMillivolts or maximumWeightNanosiemens. */
export const largestWeight: RuleParameter = {
  symbol: 'w_max',
  label: 'Largest weight',
  unit: 'w',
  min: 0,
  max: 1000,
  default: 1,
};

/** How fast a weight follows an eligibility of 1 under a third factor of 1: in largest weights per second. */
export const learningRatePerSecond = (standard: number): RuleParameter => ({
  symbol: 'eta',
  label: 'Learning rate',
  unit: 'Hz',
  min: 0,
  max: 1000,
  default: standard,
  note: 'In largest weights per second',
});
