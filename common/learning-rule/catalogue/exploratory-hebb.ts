// Exploratory Hebb: what the receiver does beyond its habit, with what the sender does, is credited by reward.
import type { RuleDeclaration } from '../declaration.ts';
import { largestWeight, learningRatePerSecond, timeConstant } from './spiking-parameters.ts';

export const exploratoryHebb: RuleDeclaration = {
  name: 'exploratory-hebb',
  title: 'Exploratory Hebb',
  about:
    'The receiver’s rate now minus its mean rate stands for the noise that it added, which it need not know otherwise; times the sender’s activity it makes an eligibility, and the weight follows that by reward. In the mean this climbs the gradient of reward.',
  form: 'spiking',
  sources: ['Legenstein, Chase, Schwartz & Maass 2010, J. Neurosci. 30:8400', 'Miconi 2017, eLife 6:e20899'],
  parameters: {
    senderTimeConstantMilliseconds: timeConstant('tau_x', 'τx', 20),
    rateTimeConstantMilliseconds: timeConstant('tau_y', 'τy', 20),
    meanRateTimeConstantMilliseconds: timeConstant('tau_z', 'τz', 1000, 20_000),
    eligibilityTimeConstantMilliseconds: timeConstant('tau_e', 'τe', 500, 20_000),
    learningRatePerSecond: learningRatePerSecond(0.1),
    maximumWeight: largestWeight,
  },
  pre: { x: { kind: 'trace', label: 'Trace of the sender', timeConstant: 'tau_x' } },
  post: {
    y: { kind: 'trace', label: 'Fast trace of the receiver: its rate now', timeConstant: 'tau_y' },
    z: { kind: 'trace', label: 'Slow trace of the receiver: its mean rate', timeConstant: 'tau_z' },
  },
  thirdFactors: {
    reward: { label: 'Reward minus its running mean', unit: '', min: -10, max: 10, pathway: 'broadcast' },
  },
  synapse: { e: { label: 'Eligibility', unit: '', initial: 0, min: -100, max: 100 } },
  bounds: { min: '0', max: 'w_max' },
  on: {
    step: {
      w: 'w + eta * w_max * reward * e * dt',
      e: 'clip(e * exp(-dt / tau_e) + x * (y / tau_y - z / tau_z) * dt, -100, 100)',
    },
  },
};
