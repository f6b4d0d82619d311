// The voltage-based rule: depression and potentiation by the receiver's membrane potential and two running means of it.
import type { RuleDeclaration } from '../declaration.ts';
import { largestWeight, timeConstant } from './spiking-parameters.ts';

const potential = { unit: 'mV', min: -150, max: 100 } as const;
const threshold = (symbol: string, label: string, standard: number, note: string) => ({
  symbol,
  label,
  unit: 'mV',
  min: -120,
  max: 50,
  default: standard,
  note,
});

export const clopathStdp: RuleDeclaration = {
  name: 'clopath-stdp',
  title: 'Clopath voltage rule',
  about:
    'An arriving spike depresses when the receiver was depolarised above θ−; while it is above θ+ and was above θ−, recently active inputs potentiate. As given, for visual cortex, without the slow adaptation of the depression.',
  form: 'spiking',
  sources: ['Clopath, Büsing, Vasilaki & Gerstner 2010, Nat. Neurosci. 13:344'],
  parameters: {
    senderTimeConstantMilliseconds: timeConstant('tau_x', 'τx', 15),
    depressionTimeConstantMilliseconds: timeConstant('tau_minus', 'τ−', 10),
    potentiationTimeConstantMilliseconds: timeConstant('tau_plus', 'τ+', 7),
    depressionThresholdMillivolts: threshold('theta_minus', 'θ−', -70.6, 'Of both running means'),
    potentiationThresholdMillivolts: threshold('theta_plus', 'θ+', -45.3, 'Of the potential itself'),
    depressionFractionPerMillivolt: {
      symbol: 'A_ltd',
      label: 'A LTD',
      unit: '1/mV',
      min: 0,
      max: 0.1,
      default: 14e-5,
      note: 'Of the largest weight',
    },
    potentiationFractionPerSquareMillivolt: {
      symbol: 'A_ltp',
      label: 'A LTP',
      unit: '1/mV^2',
      min: 0,
      max: 0.1,
      default: 8e-5,
      note: 'Of the largest weight',
    },
    maximumWeight: largestWeight,
  },
  pre: { x: { kind: 'trace', label: 'Trace of the sender', timeConstant: 'tau_x' } },
  post: {
    u: { kind: 'value', label: 'Membrane potential', ...potential },
    u_minus: {
      kind: 'average',
      label: 'Mean potential before an arrival',
      of: 'u',
      timeConstant: 'tau_minus',
      ...potential,
    },
    u_plus: {
      kind: 'average',
      label: 'Mean potential before a depolarisation',
      of: 'u',
      timeConstant: 'tau_plus',
      ...potential,
    },
  },
  thirdFactors: {},
  synapse: {},
  bounds: { min: '0', max: 'w_max' },
  on: {
    arrival: { w: 'w - A_ltd * w_max * positive(u_minus - theta_minus)' },
    step: { w: 'w + A_ltp * w_max * (dt / tau_x) * x * positive(u - theta_plus) * positive(u_plus - theta_minus)' },
  },
};
