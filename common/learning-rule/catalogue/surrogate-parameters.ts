// Parameters that rules with a surrogate slope of the spike share: where it is, how wide, how steep.
import type { RuleParameter, NeuronRead } from '../declaration.ts';
import { largestWeight, timeConstant } from './spiking-parameters.ts';

const potential = (symbol: string, label: string, min: number, max: number, standard: number): RuleParameter => ({
  symbol,
  label,
  unit: 'mV',
  min,
  max,
  default: standard,
});

export const membranePotential: NeuronRead = {
  kind: 'value',
  label: 'Membrane potential',
  unit: 'mV',
  min: -200,
  max: 200,
};

export const surrogate = {
  thresholdMillivolts: potential('theta', 'Threshold', -100, 100, -50),
  surrogateWidthMillivolts: {
    ...potential('v_0', 'Width of the surrogate slope', 0.1, 100, 10),
    note: 'Distance from the threshold at which the slope is 0',
  },
} as const;

/** Of the slope of the firing probability in a millisecond, dampened so that errors do not grow on their way back. */
export const surrogateGain: RuleParameter = {
  symbol: 'gamma',
  label: 'Height of the surrogate slope',
  unit: '1/ms',
  min: 0,
  max: 1,
  default: 0.3,
  note: 'Times the width of the surrogate slope',
};

/** Both signs: what a gradient asks for. */
export const signedBounds = { min: '-w_max', max: 'w_max' } as const;
export const largestSignedWeight: RuleParameter = { ...largestWeight, label: 'Largest weight of either sign' };

/** Of the membrane: traces of senders are what their spikes leave at the receiver's membrane, at most 100. */
export const membraneTimeConstant = timeConstant('tau_m', 'Membrane time constant', 20, 100);
export const readoutTimeConstant = timeConstant('tau_out', 'Time constant of the readout', 20);
