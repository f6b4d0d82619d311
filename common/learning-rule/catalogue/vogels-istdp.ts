// Plasticity of inhibitory synapses that keeps the receiver at a rate.
import type { RuleDeclaration } from '../declaration.ts';
import { fraction, largestWeight, timeConstant } from './spiking-parameters.ts';

export const vogelsIstdp: RuleDeclaration = {
  name: 'vogels-istdp',
  title: 'Vogels inhibitory STDP',
  about:
    'Pairs in either order strengthen an inhibitory synapse and each arrival alone weakens it, so that the receiver comes to fire at ρ₀. The weight is the size of the inhibition.',
  form: 'spiking',
  sources: ['Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011, Science 334:1569'],
  parameters: {
    timeConstantMilliseconds: timeConstant('tau', 'τ', 20),
    targetRateHertz: { symbol: 'rho0', label: 'ρ₀', unit: 'Hz', min: 0, max: 200, default: 5 },
    learningFraction: fraction('eta', 'η', 0.001),
    maximumWeight: largestWeight,
  },
  pre: { x: { kind: 'trace', label: 'Trace of the sender', timeConstant: 'tau' } },
  post: { y: { kind: 'trace', label: 'Trace of the receiver', timeConstant: 'tau' } },
  thirdFactors: {},
  synapse: {},
  bounds: { min: '0', max: 'w_max' },
  on: {
    arrival: { w: 'w + eta * w_max * (y - 2 * rho0 * tau)' },
    firing: { w: 'w + eta * w_max * x' },
  },
};
