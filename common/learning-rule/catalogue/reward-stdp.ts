// Reward-modulated STDP: pairs leave an eligibility at the synapse, and reward turns it into a change.
import type { RuleDeclaration } from '../declaration.ts';
import { fraction, largestWeight, learningRatePerSecond, timeConstant } from './spiking-parameters.ts';

export const rewardStdp: RuleDeclaration = {
  name: 'reward-stdp',
  title: 'Reward-modulated STDP',
  about:
    'Pairs of spikes change an eligibility as pair STDP would change the weight; it is forgotten over a second, and the weight follows it by as much as reward differs from its running mean.',
  form: 'spiking',
  sources: [
    'Izhikevich 2007, Cereb. Cortex 17:2443',
    'Florian 2007, Neural Comput. 19:1468',
    'Frémaux, Sprekeler & Gerstner 2010, J. Neurosci. 30:13326',
  ],
  parameters: {
    potentiationTimeConstantMilliseconds: timeConstant('tau_plus', 'τ+', 20),
    depressionTimeConstantMilliseconds: timeConstant('tau_minus', 'τ−', 20),
    eligibilityTimeConstantMilliseconds: timeConstant('tau_e', 'τe', 1000, 20_000),
    potentiationFraction: fraction('A_plus', 'A+', 0.01),
    depressionFraction: fraction('A_minus', 'A−', 0.0105),
    learningRatePerSecond: learningRatePerSecond(1),
    maximumWeight: largestWeight,
  },
  pre: { x: { kind: 'trace', label: 'Trace of the sender', timeConstant: 'tau_plus' } },
  post: { y: { kind: 'trace', label: 'Trace of the receiver', timeConstant: 'tau_minus' } },
  thirdFactors: {
    reward: { label: 'Reward minus its running mean', unit: '', min: -10, max: 10, pathway: 'broadcast' },
  },
  synapse: { e: { label: 'Eligibility', unit: '', initial: 0, min: -4, max: 4 } },
  bounds: { min: '0', max: 'w_max' },
  on: {
    arrival: { e: 'clip(e - A_minus * y, -4, 4)' },
    firing: { e: 'clip(e + A_plus * x, -4, 4)' },
    step: { w: 'w + eta * w_max * reward * e * dt', e: 'e * exp(-dt / tau_e)' },
  },
};
