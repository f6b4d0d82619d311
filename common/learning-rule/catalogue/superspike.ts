// SuperSpike: the surrogate gradient of the distance between a spike train and its target, online.
import type { RuleDeclaration } from '../declaration.ts';
import { timeConstant } from './spiking-parameters.ts';
import {
  largestSignedWeight,
  membranePotential,
  membraneTimeConstant,
  signedBounds,
  surrogate,
} from './surrogate-parameters.ts';

export const superSpike: RuleDeclaration = {
  name: 'superspike',
  title: 'SuperSpike',
  about:
    'The sender’s post-synaptic potential times the surrogate slope of the receiver, filtered like the error, times the error. The slope has the value and the steepness of (1 + |u − θ| / v₀)⁻² at the threshold and ends at v₀ from it, where the paper’s has long tails. The error in a step is that of the step before.',
  form: 'spiking',
  sources: ['Zenke & Ganguli 2018, Neural Comput. 30:1514'],
  parameters: {
    learningRate: { symbol: 'eta', label: 'Learning rate', unit: 'w/ms', min: 0, max: 1000, default: 0.001 },
    membraneTimeConstantMilliseconds: membraneTimeConstant,
    synapticTimeConstantMilliseconds: timeConstant('tau_syn', 'Time constant of the synaptic current', 5, 100),
    errorRiseTimeConstantMilliseconds: timeConstant('tau_rise', 'Time constant of the rise of the error', 5),
    errorDecayTimeConstantMilliseconds: timeConstant('tau_decay', 'Time constant of the decay of the error', 10),
    ...surrogate,
    maximumWeight: largestSignedWeight,
  },
  pre: {
    x_m: { kind: 'trace', label: 'Trace of the sender in the membrane', timeConstant: 'tau_m' },
    x_s: { kind: 'trace', label: 'Trace of the sender in the synaptic current', timeConstant: 'tau_syn' },
  },
  post: { u: membranePotential },
  thirdFactors: {
    error: { label: 'Filtered target spikes less own spikes', unit: '', pathway: 'separate', min: -100, max: 100 },
  },
  synapse: {
    rise: { label: 'Eligibility after the first filter', unit: '', initial: 0, min: -20, max: 20 },
    lambda: { label: 'Eligibility after both filters', unit: '', initial: 0, min: -20, max: 20 },
  },
  bounds: signedBounds,
  on: {
    step: {
      w: 'w + eta * error * lambda * dt',
      rise: 'rise + (1 - exp(-dt / tau_rise)) * (positive(1 - abs(u - theta) / v_0)^2 * (x_m - x_s) - rise)',
      lambda: 'lambda + (1 - exp(-dt / tau_decay)) * (rise - lambda)',
    },
  },
};
