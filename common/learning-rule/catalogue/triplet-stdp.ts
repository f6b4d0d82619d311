// Triplet spike-timing-dependent plasticity, all pairs and triplets, with hard bounds.
import type { RuleDeclaration } from '../declaration.ts';
import { fraction, largestWeight, timeConstant } from './spiking-parameters.ts';

export const tripletStdp: RuleDeclaration = {
  name: 'triplet-stdp',
  title: 'Triplet STDP',
  about:
    'Potentiation of a pair grows with the receiver’s earlier spikes, depression with the sender’s: pairs at high rates potentiate in either order. As given, the minimal set for visual cortex.',
  form: 'spiking',
  sources: ['Pfister & Gerstner 2006, J. Neurosci. 26:9673'],
  parameters: {
    potentiationTimeConstantMilliseconds: timeConstant('tau_plus', 'τ+', 16.8),
    depressionTimeConstantMilliseconds: timeConstant('tau_minus', 'τ−', 33.7),
    senderTripletTimeConstantMilliseconds: timeConstant('tau_x', 'τx', 101, 2000),
    receiverTripletTimeConstantMilliseconds: timeConstant('tau_y', 'τy', 114, 2000),
    pairPotentiationFraction: fraction('A2_plus', 'A₂+', 0),
    tripletPotentiationFraction: fraction('A3_plus', 'A₃+', 0.0065),
    pairDepressionFraction: fraction('A2_minus', 'A₂−', 0.0071),
    tripletDepressionFraction: fraction('A3_minus', 'A₃−', 0),
    maximumWeight: largestWeight,
  },
  pre: {
    r1: { kind: 'trace', label: 'Fast trace of the sender', timeConstant: 'tau_plus' },
    r2: { kind: 'trace', label: 'Slow trace of the sender', timeConstant: 'tau_x' },
  },
  post: {
    o1: { kind: 'trace', label: 'Fast trace of the receiver', timeConstant: 'tau_minus' },
    o2: { kind: 'trace', label: 'Slow trace of the receiver', timeConstant: 'tau_y' },
  },
  thirdFactors: {},
  synapse: {},
  bounds: { min: '0', max: 'w_max' },
  on: {
    arrival: { w: 'w - w_max * o1 * (A2_minus + A3_minus * r2)' },
    firing: { w: 'w + w_max * r1 * (A2_plus + A3_plus * o2)' },
  },
};
