// Checks of rules with an eligibility and a broadcast third factor: what they remember, for how long, and what becomes of it; analysis process.
import { rewardStdp } from '../../../../common/learning-rule/catalogue/reward-stdp.ts';
import { threeFactorHebb } from '../../../../common/learning-rule/catalogue/three-factor-hebb.ts';
import { Random } from '../../base/random.ts';
import { runProtocol } from '../../local/spike-times.ts';
import { below, type Measurement, ruleCheck, type RuleCheck } from '../check.ts';
import {
  implementationOf,
  type SpikingImplementation,
  synapsesOf,
  withEquation,
  wrongDynamics,
} from './spiking-implementation.ts';
import { firstOrder, isOfFirstOrder } from './step-order.ts';

/** A rule, with the name of its third factor and the eligibility that a pair with a lag in ms leaves. */
interface Window {
  readonly factor: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly eligibility: (lag: number) => number;
}

const eligibilityTau = 400;
const rewardWindow: Window = {
  factor: 'reward',
  parameters: {
    potentiationTimeConstantMilliseconds: 17,
    depressionTimeConstantMilliseconds: 34,
    eligibilityTimeConstantMilliseconds: eligibilityTau,
    potentiationFraction: 0.1,
    depressionFraction: 0.12,
    learningRatePerSecond: 500,
  },
  eligibility: (lag) => (lag > 0 ? 0.1 * Math.exp(-lag / 17) : -0.12 * Math.exp(lag / 34)),
};
const hebbWindow: Window = {
  factor: 'modulator',
  parameters: {
    coincidenceTimeConstantMilliseconds: 25,
    eligibilityTimeConstantMilliseconds: eligibilityTau,
    coincidenceFraction: 0.1,
    learningRatePerSecond: 500,
  },
  eligibility: (lag) => (lag > 0 ? 0.1 * Math.exp(-lag / 25) : 0),
};
const lags = [1, 2, 5, 10, 20, 40, 80].flatMap((lag) => [lag, -lag]);

/** The third factor is 0.8 for one step of 1 ms, 150 ms after the later spike of a pair. */
function window(subject: SpikingImplementation, { factor, parameters, eligibility }: Window): Measurement {
  const synapses = synapsesOf(subject, parameters, lags.length, 1, 0.5);
  runProtocol(synapses, {
    milliseconds: 400,
    stepMilliseconds: 1,
    arrivals: lags.map((lag) => [100 - Math.max(0, lag)]),
    firings: lags.map((lag) => [100 + Math.min(0, lag)]),
    signals: (time) => ({ [factor]: time === 250 ? 0.8 : 0 }),
  });
  const errors = lags.map((lag, index) => {
    const wanted = 0.5 * 0.8 * eligibility(lag) * Math.exp(-150 / eligibilityTau);
    return Math.abs(synapses.weights[index]! - 0.5 - wanted) / 0.1;
  });
  return below(Math.max(...errors), 1e-12);
}

/** One pair, then a third factor for a step every 100 ms: changes must fall by exp(−D/τ), and none takes from the next. */
function delays(subject: SpikingImplementation, { factor, parameters }: Window): Measurement {
  const synapses = synapsesOf(subject, parameters, 1, 1, 0.5);
  const found: number[] = [];
  for (let time = 0; time <= 1220; time++) {
    const before = synapses.weights[0]!;
    const isPulse = time >= 20 && time % 100 === 20;
    synapses.step({
      arrivals: time === 10 ? [0] : [],
      firings: time === 20 ? [0] : [],
      signals: { [factor]: isPulse ? 0.5 : 0 },
    });
    if (isPulse) found.push(synapses.weights[0]! - before);
  }
  const errors = found.map((change, index) => change / found[0]! / Math.exp((-100 * index) / eligibilityTau) - 1);
  return below(Math.max(...errors.map(Math.abs)), 0.02);
}

/** No third factor, no change, whatever the spikes do. */
function silence(subject: SpikingImplementation, { factor, parameters }: Window): Measurement {
  const random = new Random(51);
  const synapses = synapsesOf(subject, parameters, 50, 1, 0.5);
  const some = () => Array.from({ length: 50 }, (_, index) => index).filter(() => random.uniform() < 0.05);
  for (let time = 0; time < 1000; time++)
    synapses.step({ arrivals: some(), firings: some(), signals: { [factor]: 0 } });
  return below(Math.max(...synapses.weights.map((weight) => Math.abs(weight - 0.5))), 1e-14);
}

const reward = (event: 'arrival' | 'firing' | 'step', symbol: string, equation: string) =>
  implementationOf(withEquation(rewardStdp, event, symbol, equation));
const hebb = (event: 'firing' | 'step', symbol: string, equation: string) =>
  implementationOf(withEquation(threeFactorHebb, event, symbol, equation));

/** One pair, and a third factor of 1 from then on. @returns the distance of the change in 500 ms from the integral of the eligibility. */
function errorAt(subject: SpikingImplementation, { factor, parameters, eligibility }: Window, step: number): number {
  const synapses = synapsesOf(subject, { ...parameters, learningRatePerSecond: 1 }, 1, step, 0.5);
  runProtocol(synapses, {
    milliseconds: 520,
    stepMilliseconds: step,
    arrivals: [[10]],
    firings: [[20]],
    signals: () => ({ [factor]: 1 }),
  });
  const wanted = (eligibility(10) * eligibilityTau * -Math.expm1(-500 / eligibilityTau)) / 1000;
  return synapses.weights[0]! - 0.5 - wanted;
}

/** The same four checks for a rule, with its own mutants of what the third factor multiplies. */
const gatedChecks = (
  own: SpikingImplementation,
  about: Window,
  source: string,
  mutants: Readonly<Record<'window' | 'delay' | 'silence' | 'step', Readonly<Record<string, SpikingImplementation>>>>,
): readonly RuleCheck[] => {
  const { name, title } = own.declaration;
  const common = { rules: [name], source, subject: own };
  return [
    ruleCheck({
      ...common,
      id: `${name}-window`,
      title: `${title}: a pair leaves its window as eligibility, and a later ${about.factor} turns it into a change`,
      gate: 'largest error < 1e-12 of the largest change',
      measure: (subject) => window(subject, about),
      mutants: mutants.window,
    }),
    ruleCheck({
      ...common,
      id: `${name}-delay`,
      title: `${title}: what the ${about.factor} changes falls with its delay D by exp(−D/τe)`,
      gate: 'largest relative error < 2 % over 3 τe',
      measure: (subject) => delays(subject, about),
      mutants: mutants.delay,
    }),
    ruleCheck({
      ...common,
      id: `${name}-silence`,
      title: `${title}: without ${about.factor} nothing changes`,
      gate: 'largest change < 1e-14',
      measure: (subject) => silence(subject, about),
      mutants: mutants.silence,
    }),
    ruleCheck({
      ...common,
      id: `${name}-step`,
      ...firstOrder,
      title: `${title}: ${firstOrder.title}`,
      measure: (subject) => isOfFirstOrder((step) => errorAt(subject, about, step)),
      mutants: mutants.step,
    }),
  ];
};

export const eligibilityChecks: readonly RuleCheck[] = [
  ...gatedChecks(implementationOf(rewardStdp), rewardWindow, 'Izhikevich 2007; Florian 2007', {
    window: {
      'depression added': reward('arrival', 'e', 'clip(e + A_minus * y, -4, 4)'),
      'reward squared': reward('step', 'w', 'w + eta * w_max * reward * reward * e * dt'),
      'eligibility not forgotten': reward('step', 'e', 'e'),
    },
    delay: {
      'eligibility reset by reward': reward('step', 'e', 'e * exp(-dt / tau_e) * (abs(reward) <= 0)'),
      'forgotten with the time constant of the pairs': reward('step', 'e', 'e * exp(-dt / tau_plus)'),
    },
    silence: {
      'pairs change the weight themselves': reward('firing', 'w', 'w + A_plus * w_max * x'),
      'baseline subtracted twice': reward('step', 'w', 'w + eta * w_max * (reward - 1) * e * dt'),
    },
    step: {
      'traces’ time constants counted in steps': {
        ...implementationOf(rewardStdp),
        dynamics: wrongDynamics.timeConstantInSteps,
      },
      'eligibility’s time constant counted in steps': reward('step', 'e', 'e * exp(-1 / 400)'),
      'length of the step left out': reward('step', 'w', 'w + eta * w_max * reward * e * tau_e / 400'),
    },
  }),
  ...gatedChecks(implementationOf(threeFactorHebb), hebbWindow, 'Gerstner et al. 2018', {
    window: {
      'coincidence without the sender': hebb('firing', 'e', 'min(e + A, 4)'),
      'eligibility forgotten twice': hebb('step', 'e', 'e * exp(-2 * dt / tau_e)'),
    },
    delay: {
      'eligibility reset by the modulator': hebb('step', 'e', 'e * exp(-dt / tau_e) * (abs(modulator) <= 0)'),
      'forgotten with the time constant of coincidence': hebb('step', 'e', 'e * exp(-dt / tau_x)'),
    },
    silence: {
      'coincidence changes the weight itself': hebb('firing', 'w', 'w + A * w_max * x'),
      'modulator around 1': hebb('step', 'w', 'w + eta * w_max * (1 - modulator) * e * dt'),
    },
    step: {
      'eligibility’s time constant counted in steps': hebb('step', 'e', 'e * exp(-1 / 400)'),
      'length of the step left out': hebb('step', 'w', 'w + eta * w_max * modulator * e * tau_e / 400'),
    },
  }),
];
