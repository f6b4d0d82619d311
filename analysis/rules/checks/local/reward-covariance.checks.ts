// The check that reward-modulated STDP learns from the covariance of reward and eligibility, not from their means; analysis process.
import { rewardStdp } from '../../../../common/learning-rule/catalogue/reward-stdp.ts';
import { Random } from '../../base/random.ts';
import { mean, standardError } from '../../base/vectors.ts';
import { rewardBaseline, type RewardDeviation } from '../../local/reward-baseline.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import { implementationOf, type SpikingImplementation, synapsesOf, withEquation } from './spiking-implementation.ts';

interface Rewarded extends SpikingImplementation {
  readonly baseline: (share: number) => RewardDeviation;
}

/**
 * Sender and receiver spike in a trial with probability 1/2 each; the reward is whether the receiver did, plus noise
 * and a constant. So cov(R, e) is 1/8 of the eligibility of a pair. Trials are so long that nothing is left of the last.
 */
function covariance(subject: Rewarded): Measurement {
  const [copies, trials, trialSteps, rewardAt] = [2000, 20, 150, 15];
  const [amplitude, tauPlus, tauEligibility] = [0.1, 17, 15];
  const parameters = {
    potentiationTimeConstantMilliseconds: tauPlus,
    eligibilityTimeConstantMilliseconds: tauEligibility,
    potentiationFraction: amplitude,
    depressionFraction: 0.12,
    learningRatePerSecond: 1,
  };
  const wanted = (amplitude * Math.exp(-5 / tauPlus) * Math.exp(-5 / tauEligibility)) / 8;
  const measured = [0, 5].map((constant) => {
    const random = new Random(52);
    const synapses = synapsesOf(subject, parameters, copies, 1, 0.5);
    const baseline = subject.baseline(0.05);
    const draw = () => Float64Array.from({ length: copies }, () => Number(random.uniform() < 0.5));
    const rewardOf = (fired: Float64Array) => fired.map((each) => each + 0.5 * random.normal() + constant);
    for (let trial = 0; trial < 40; trial++) baseline(rewardOf(draw()));
    const who = (did: Float64Array) => Array.from(did.keys()).filter((copy) => did[copy] === 1);
    for (let trial = 0; trial < trials; trial++) {
      const [sent, fired] = [draw(), draw()];
      const reward = baseline(rewardOf(fired));
      for (let step = 0; step < trialSteps; step++) {
        synapses.step({
          arrivals: step === 5 ? who(sent) : [],
          firings: step === 10 ? who(fired) : [],
          signals: { reward: step === rewardAt ? reward : 0 },
        });
      }
    }
    const found = synapses.weights.map((weight) => (weight - 0.5) / trials / 1e-3);
    return { found: mean(found), errors: Math.abs(mean(found) - wanted) / standardError(found) };
  });
  return below(
    Math.max(...measured.map(({ errors }) => errors)),
    3,
    `change over cov(R, e): ${measured.map(({ found }) => (found / wanted).toFixed(4)).join(' and ')} for constants 0 and 5`,
  );
}

const rewarded: Rewarded = { ...implementationOf(rewardStdp), baseline: rewardBaseline };

export const rewardCovarianceChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'reward-stdp-covariance',
    rules: ['reward-stdp'],
    title: 'The mean change is the covariance of reward and eligibility, whatever constant is added to the reward',
    source: 'Frémaux, Sprekeler & Gerstner 2010',
    gate: 'distance from cov(R, e) < 3 standard errors, for constants 0 and 5',
    subject: rewarded,
    measure: covariance,
    mutants: {
      'no baseline': { ...rewarded, baseline: () => (rewards) => rewards },
      'baseline that never moves from 0.5': {
        ...rewarded,
        baseline: () => (rewards) => rewards.map((each) => each - 0.5),
      },
      'sign of the reward only': {
        ...rewarded,
        declaration: withEquation(rewardStdp, 'step', 'w', 'w + eta * w_max * sign(reward) * e * dt'),
      },
    },
  }),
];
