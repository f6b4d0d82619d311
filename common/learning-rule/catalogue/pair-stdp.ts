// Pair-based spike-timing-dependent plasticity, all pairs, additive with hard bounds.
import type { RuleDeclaration } from '../declaration.ts';
import { fraction, largestWeight, timeConstant } from './spiking-parameters.ts';

export const pairStdp: RuleDeclaration = {
  name: 'pair-stdp',
  title: 'Pair STDP',
  about:
    'A pair with the receiver’s spike Δt after the arrival of the sender’s changes the weight by A₊ exp(−Δt/τ₊) of the largest weight, with Δt before it by −A₋ exp(−Δt/τ₋), and not at all when both fall into one step.',
  form: 'spiking',
  sources: [
    'Gerstner, Kempter, van Hemmen & Wagner 1996, Nature 383:76',
    'Song, Miller & Abbott 2000, Nat. Neurosci. 3:919',
  ],
  parameters: {
    potentiationTimeConstantMilliseconds: timeConstant('tau_plus', 'τ+', 20),
    depressionTimeConstantMilliseconds: timeConstant('tau_minus', 'τ−', 20),
    potentiationFraction: fraction('A_plus', 'A+', 0.001),
    depressionFraction: fraction('A_minus', 'A−', 0.00105),
    maximumWeight: largestWeight,
  },
  pre: { x: { kind: 'trace', label: 'Trace of the sender', timeConstant: 'tau_plus' } },
  post: { y: { kind: 'trace', label: 'Trace of the receiver', timeConstant: 'tau_minus' } },
  thirdFactors: {},
  synapse: {},
  bounds: { min: '0', max: 'w_max' },
  on: { arrival: { w: 'w - A_minus * w_max * y' }, firing: { w: 'w + A_plus * w_max * x' } },
};
