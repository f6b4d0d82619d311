// The general three-factor rule: Hebbian coincidence sets a flag at the synapse, and a broadcast modulator decides what becomes of it.
import type { RuleDeclaration } from '../declaration.ts';
import { fraction, largestWeight, learningRatePerSecond, timeConstant } from './spiking-parameters.ts';

export const threeFactorHebb: RuleDeclaration = {
  name: 'three-factor-hebb',
  title: 'Three-factor Hebb',
  about:
    'A spike of the receiver soon after an arrival raises an eligibility that is forgotten over a second; the weight follows it by the modulator: novelty, surprise, a reward signal with a sign. Unlike reward-modulated STDP it has no depressing pairs.',
  form: 'spiking',
  sources: [
    'Gerstner, Lehmann, Liakoni, Corneil & Brea 2018, Front. Neural Circuits 12:53',
    'Frémaux & Gerstner 2016, Front. Neural Circuits 9:85',
  ],
  parameters: {
    coincidenceTimeConstantMilliseconds: timeConstant('tau_x', 'τx', 20),
    eligibilityTimeConstantMilliseconds: timeConstant('tau_e', 'τe', 1000, 20_000),
    coincidenceFraction: fraction('A', 'A', 0.01),
    learningRatePerSecond: learningRatePerSecond(1),
    maximumWeight: largestWeight,
  },
  pre: { x: { kind: 'trace', label: 'Trace of the sender', timeConstant: 'tau_x' } },
  post: {},
  thirdFactors: {
    modulator: { label: 'Modulator', unit: '', min: -10, max: 10, pathway: 'broadcast' },
  },
  synapse: { e: { label: 'Eligibility', unit: '', initial: 0, min: 0, max: 4 } },
  bounds: { min: '0', max: 'w_max' },
  on: {
    firing: { e: 'min(e + A * x, 4)' },
    step: { w: 'w + eta * w_max * modulator * e * dt', e: 'e * exp(-dt / tau_e)' },
  },
};
