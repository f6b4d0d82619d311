// Parameters that rules for rate networks share.
import type { RuleParameter } from '../declaration.ts';

/** Step of learning, η. */
export const learningRate = (standard: number): RuleParameter => ({
  symbol: 'eta',
  label: 'Learning rate',
  unit: '',
  min: 0,
  max: 10,
  default: standard,
});
