// What rules for rate networks in time share.
import type { NeuronRead, RuleParameter } from '../declaration.ts';

/** Of the rate neurons, τ. */
export const rateTimeConstant: RuleParameter = {
  symbol: 'tau',
  label: 'Time constant of the neurons',
  unit: 'ms',
  min: 1,
  max: 10_000,
  default: 10,
};

export const senderRate: NeuronRead = { kind: 'value', label: 'Rate of the sender in the step before', unit: '' };
export const slopeAtDrive: NeuronRead = {
  kind: 'value',
  label: 'Slope of the activation at the drive',
  unit: '',
};
export const receiverRate: NeuronRead = { kind: 'value', label: 'Rate of the receiver in this step', unit: '' };
export const runningMeanOfRate: NeuronRead = {
  kind: 'average',
  of: 'y',
  label: 'Its running mean over the steps before, 0 as a trial begins',
  unit: '',
  timeConstant: 'tau_mean',
};
export const runningMean = (standard: number): RuleParameter => ({
  symbol: 'tau_mean',
  label: 'Time constant of the running mean',
  unit: 'ms',
  min: 0.1,
  max: 10_000,
  default: standard,
});
/** In deviations of the noise. */
export const ownNoise: NeuronRead = { kind: 'value', label: 'Noise that entered the receiver in this step', unit: '' };
