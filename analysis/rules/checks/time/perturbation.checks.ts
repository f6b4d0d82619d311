// Checks of rules that try out noise in recurrent rate networks; analysis process.
import { mean } from '../../base/vectors.ts';
import {
  exploratoryHebb,
  exploratoryHebbDelayed,
  nodePerturbation,
  type PerturbationRule,
  recurrentReinforce,
} from '../../time/perturbation.ts';
import { below, near, type RuleCheck, ruleCheck } from '../check.ts';
import {
  averaged,
  freshNoise,
  lateNoise,
  replaced,
  type Setting,
  shiftOfReward,
  steps,
  traceError,
  withoutReward,
} from './perturbation-measures.ts';
const wholeTrial: Setting = {
  draws: 5000,
  paidFrom: 0,
  isPaidOnline: false,
  gain: 1,
  deviation: 0.02,
  timeConstantMilliseconds: 3,
  isSteady: false,
};
/** What a neuron did counts in the same step only: then the trace is the slope of the likelihood. */
const memoryless: Setting = {
  ...wholeTrial,
  draws: 2000,
  paidFrom: steps - 1,
  isPaidOnline: true,
  gain: 0,
  timeConstantMilliseconds: 1,
};
/** Memoryless neurons with steady inputs: all that is in a rate beside its mean is noise. */
const steady: Setting = {
  ...memoryless,
  draws: 3000,
  deviation: 0.1,
  isSteady: true,
  meanTimeConstantMilliseconds: 4.5,
};
/** As in the paper: perturbations are rare, rates remember them for longer than the running mean lasts. */
const rare: Setting = {
  ...wholeTrial,
  draws: 3000,
  gain: 0.5,
  deviation: 0.5,
  isSteady: true,
  noisySteps: 0.1,
  meanTimeConstantMilliseconds: 0.33,
};

export const perturbationChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'node-perturbation-in-time-follows-the-gradient',
    rules: ['node-perturbation-in-time'],
    title: 'Summed over noise that entered the network, changes are the gradient of the whole trial',
    source: 'Fiete & Seung 2006, Phys. Rev. Lett. 97:048104',
    gate: 'angle < 12 degrees and projection 1 ± 0.05 after 5000 draws; 5 neurons, 10 steps',
    subject: nodePerturbation,
    mutants: {
      'fresh noise in the trace': freshNoise(nodePerturbation),
      'noise of the step before': lateNoise(nodePerturbation),
      'noise not scaled by its deviation': replaced(nodePerturbation, 'eta / sigma', 'eta'),
      'trace forgets the steps before': replaced(nodePerturbation, 'e + xi * x', 'xi * x'),
    },
    measure: (subject) => {
      const { angle, projection } = averaged(subject, wholeTrial);
      return {
        value: angle,
        passes: angle < 12 && Math.abs(projection - 1) <= 0.05,
        note: `projection ${projection.toFixed(3)}`,
      };
    },
  }),
  ruleCheck({
    id: 'reinforce-recurrent-follows-the-gradient',
    rules: ['reinforce-recurrent'],
    title:
      'In neurons without memory, changes for the last step’s reward are its gradient times the deviation of the noise',
    source: 'Williams 1992, Mach. Learn. 8:229, theorem 1; Portes, Schmid & Murray 2022, NeurIPS',
    gate: 'angle < 12 degrees and projection 1 ± 0.05 after 2000 draws',
    subject: recurrentReinforce,
    mutants: {
      'fresh noise in the trace': freshNoise(recurrentReinforce),
      'noise of the step before': lateNoise(recurrentReinforce),
      'sign of the change': replaced(recurrentReinforce, 'w + eta', 'w - eta'),
      'noise not read': replaced(recurrentReinforce, ' * xi', ''),
      'slope not read': replaced(recurrentReinforce, ' * slope', ''),
    },
    measure: (subject) => {
      const { angle, projection } = averaged(subject, memoryless);
      const scaled = projection / memoryless.deviation;
      return {
        value: angle,
        passes: angle < 12 && Math.abs(scaled - 1) <= 0.05,
        note: `projection ${scaled.toFixed(3)}`,
      };
    },
  }),
  ruleCheck({
    id: 'reinforce-recurrent-trace',
    rules: ['reinforce-recurrent'],
    title: 'The trace is the sum of noise times slope times sender, each as much as the leak has left of it',
    source: 'Murray 2019, eLife 8:e43299; Portes, Schmid & Murray 2022, NeurIPS',
    gate: 'relative error < 1e-12',
    subject: recurrentReinforce,
    mutants: {
      'leak applied twice': replaced(recurrentReinforce, '(1 - dt / tau) * p', '(1 - dt / tau)^2 * p'),
      'trace summed without the leak': replaced(recurrentReinforce, '(1 - dt / tau) * p', 'p'),
      'noise of the step before': lateNoise(recurrentReinforce),
      'sender of the receiver’s own step': replaced(recurrentReinforce, 'slope * x', 'slope'),
    },
    measure: (subject) => below(traceError(subject), 1e-12),
  }),
  ruleCheck({
    id: 'exploratory-hebb-rate-follows-the-gradient',
    rules: ['exploratory-hebb-rate'],
    title: 'Deviations of the rate from its mean do as well as the noise itself where nothing else is in them',
    source: 'Legenstein, Chase, Schwartz & Maass 2010, J. Neurosci. 30:8400',
    gate: 'angle to the gradient of the step < 20 degrees, 3000 draws; the slope of the activation is not read',
    subject: exploratoryHebb,
    mutants: {
      'mean without the rate': replaced(exploratoryHebb, '(y - y_mean)', '(0 - y_mean)'),
      'sender not read': replaced(exploratoryHebb, ' * x', ''),
      'sign of the change': replaced(exploratoryHebb, 'w + eta', 'w - eta'),
    },
    measure: (subject) => below(averaged(subject, steady).angle, 20),
  }),
  ruleCheck({
    id: 'exploratory-hebb-delayed-follows-the-gradient',
    rules: ['exploratory-hebb-delayed'],
    title: 'Cubed deviations of the rate from its mean tell rare perturbations from what follows them',
    source: 'Miconi 2017, eLife 6:e20899',
    gate: 'angle to the gradient of the trial < 40 degrees, 3000 draws',
    subject: exploratoryHebbDelayed,
    mutants: {
      'deviations as they are': replaced(exploratoryHebbDelayed, '^3', ''),
      'square in place of the cube': replaced(exploratoryHebbDelayed, '^3', '^2'),
      'mean without the rate': replaced(exploratoryHebbDelayed, '(y - y_mean)', '(0 - y_mean)'),
      'sign of the change': replaced(exploratoryHebbDelayed, 'w + eta', 'w - eta'),
    },
    measure: (subject) => below(averaged(subject, rare).angle, 40),
  }),
  ruleCheck({
    id: 'reward-rules-in-time-are-silent-at-the-mean',
    rules: ['node-perturbation-in-time', 'exploratory-hebb-rate', 'exploratory-hebb-delayed', 'reinforce-recurrent'],
    title: 'A reward that is always its mean changes nothing',
    source: 'Frémaux, Sprekeler & Gerstner 2010, J. Neurosci. 30:13326',
    gate: 'length of the change < 1e-14, each rule',
    subject: [
      nodePerturbation,
      exploratoryHebb,
      exploratoryHebbDelayed,
      recurrentReinforce,
    ] as readonly PerturbationRule[],
    mutants: {
      'node perturbation with a constant in the reward': [replaced(nodePerturbation, 'reward', '(reward + 1e-6)')],
      'exploratory Hebb with a constant in the reward': [replaced(exploratoryHebb, 'reward', '(reward + 1e-3)')],
      'delayed exploratory Hebb with a constant in the reward': [
        replaced(exploratoryHebbDelayed, 'reward', '(reward + 1e-3)'),
      ],
      'REINFORCE with a constant in the reward': [replaced(recurrentReinforce, 'reward', '(reward + 1e-6)')],
    },
    measure: (subjects) => near(Math.max(...subjects.map((subject) => withoutReward(subject).value)), 0, 1e-14),
  }),
  ruleCheck({
    id: 'node-perturbation-in-time-baseline',
    rules: ['node-perturbation-in-time'],
    title: 'With the mean taken off, a constant in the reward changes nothing',
    source: 'Frémaux, Sprekeler & Gerstner 2010, J. Neurosci. 30:13326',
    gate: 'relative difference for a constant of 5 < 1e-9',
    subject: mean as (rewards: readonly number[]) => number,
    mutants: { 'no baseline': () => 0, 'baseline of the first trial halved': (rewards) => rewards[0]! / 2 },
    measure: (baselineOf) => below(shiftOfReward(baselineOf), 1e-9),
  }),
];
