// Checks of exact gradients of rate networks in time, and of RFLO against them; analysis process.
import type { ParsedRule } from '../../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { angleDegrees, mean, norm, relativeError } from '../../base/vectors.ts';
import { learningSignals } from '../../time/e-prop.ts';
import { parsedTimeRules } from '../../time/parsed-time-rules.ts';
import { bpttRateChange, driveSlopes } from '../../time/rate-gradient.ts';
import { rfloChange } from '../../time/rflo.ts';
import { advanceSensitivities, type AdvanceSensitivities, rtrlChange } from '../../time/rtrl.ts';
import { RateNetwork } from '../../time/rate-network.ts';
import { SynapseRows } from '../../time/synapse-rows.ts';
import { below, near, type RuleCheck, ruleCheck } from '../check.ts';
import { withReplaced, withStep } from './changed-rule.ts';
import { smallRateTrial, type SmallRateTrial } from './small-rate-network.ts';

/** Central differences of the cost by every weight. @returns neurons × senders */
function measuredGradient({ network, inputs, targets }: SmallRateTrial): Float64Array {
  const { values } = network.synapses;
  const cost = () => network.run(inputs).outputs.reduce((sum, y, index) => sum + (y - targets[index]!) ** 2 / 2, 0);
  return values.map((weight, index) => {
    const slopes = [1e-6, -1e-6].map((step) => {
      values[index] = weight + step;
      return cost() / step;
    });
    values[index] = weight;
    return (slopes[0]! + slopes[1]!) / 2;
  });
}

const shifted = (values: Float64Array, width: number) => {
  const late = new Float64Array(values.length);
  late.set(values.subarray(0, values.length - width), width);
  return late;
};

const bpttMutants: Readonly<Record<string, typeof driveSlopes>> = {
  'no slope of the activation': (network, trial) =>
    driveSlopes(network, { ...trial, activity: { ...trial.activity, slopes: trial.activity.slopes.map(() => 1) } }),
  'slope of the step before': (network, trial) =>
    driveSlopes(network, { ...trial, activity: { ...trial.activity, slopes: shifted(trial.activity.slopes, 12) } }),
  'no error through recurrent synapses': (network, trial) =>
    driveSlopes(new RateNetwork(network.settings, network.synapses.scaled(0), network.readout), trial),
  'error of the mean over steps': (network, trial) =>
    driveSlopes(network, { ...trial, errors: trial.errors.map((error) => error / trial.activity.steps) }),
};

const rtrlMutants: Readonly<Record<string, AdvanceSensitivities>> = {
  'leak applied twice': (before, network, senders, slopes) =>
    advanceSensitivities(before, network, senders, slopes).minus(before.scaled(network.leak * (1 - network.leak))),
  'sensitivities through recurrence left out': (before, network, senders, slopes) =>
    advanceSensitivities(
      before,
      new RateNetwork(network.settings, network.synapses.scaled(0), network.readout),
      senders,
      slopes,
    ),
  'recurrent weights transposed': (before, network, senders, slopes) => {
    const { inputs } = network.settings;
    const turned = network.synapses.map((weight, index) => {
      const [receiver, sender] = [Math.floor(index / network.synapses.columns), index % network.synapses.columns];
      return sender < inputs ? weight : network.synapses.row(sender - inputs)[inputs + receiver]!;
    });
    return advanceSensitivities(before, new RateNetwork(network.settings, turned, network.readout), senders, slopes);
  },
};

const { rflo } = parsedTimeRules;
const rfloMutants = {
  'leak applied twice': withReplaced(rflo, '(1 - dt / tau) * p', '(1 - dt / tau)^2 * p'),
  'new part without the leak': withReplaced(rflo, 'dt / tau * slope * x', 'slope * x'),
  'no slope of the activation': withReplaced(rflo, ' * slope', ''),
  'sign of the change': withReplaced(rflo, 'w - eta', 'w + eta'),
  'eligibility of the step before': withStep(rflo, { w: 'w - eta * error * p' }),
};

/** Mean over 10 networks of the angle of RFLO with true feedback to the gradient. */
const rfloAngle = (rule: ParsedRule, gain: number, feedback?: (network: RateNetwork) => Matrix) =>
  mean(
    Array.from({ length: 10 }, (_, index) => {
      const trial = smallRateTrial(index + 1, gain);
      const weights = feedback?.(trial.network) ?? trial.network.readout;
      return angleDegrees(
        rfloChange(trial.network, trial, weights, rule).values,
        bpttRateChange(trial.network, trial).values,
      );
    }),
  );

export const rateGradientChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'bptt-rate-finite-differences',
    rules: ['bptt-surrogate'],
    title: 'Of a smooth rate network it is the gradient that central differences measure',
    source: 'Werbos 1990, Proc. IEEE 78:1550',
    gate: 'relative error < 1e-6, 180 weights, T = 40, gain 1.2',
    subject: driveSlopes,
    mutants: bpttMutants,
    measure: (slopesOf) => {
      const trial = smallRateTrial(1, 1.2);
      const change = bpttRateChange(trial.network, trial, parsedTimeRules.bptt, slopesOf);
      return below(relativeError(change.scaled(-1).values, measuredGradient(trial)), 1e-6);
    },
  }),
  ruleCheck({
    id: 'rtrl-equals-bptt',
    rules: ['rtrl', 'bptt-surrogate'],
    title: 'Forwards and backwards in time give the same gradient',
    source: 'Williams & Zipser 1989, Neural Comput. 1:270',
    gate: 'relative error < 1e-12, 3 networks',
    subject: advanceSensitivities,
    mutants: rtrlMutants,
    measure: (advance) =>
      below(
        Math.max(
          ...[1, 2, 3].map((seed) => {
            const trial = smallRateTrial(seed, 1.2);
            const reference = bpttRateChange(trial.network, trial).values;
            return norm(reference) === 0
              ? Infinity
              : relativeError(rtrlChange(trial.network, trial, advance).values, reference);
          }),
        ),
        1e-12,
      ),
  }),
  ruleCheck({
    id: 'rflo-equals-rtrl-without-recurrence',
    rules: ['rflo'],
    title: 'Without recurrence and with true feedback it is real-time recurrent learning',
    source: 'Murray 2019, eLife 8:e43299',
    gate: 'relative error < 1e-10, 3 networks at gain 0',
    subject: rflo,
    mutants: rfloMutants,
    measure: (rule) =>
      below(
        Math.max(
          ...[1, 2, 3].map((seed) => {
            const trial = smallRateTrial(seed, 0);
            const change = rfloChange(trial.network, trial, trial.network.readout, rule);
            return relativeError(change.values, rtrlChange(trial.network, trial).values);
          }),
        ),
        1e-10,
      ),
  }),
  ruleCheck({
    id: 'rflo-angle',
    rules: ['rflo'],
    title: 'With true feedback the angle to the gradient grows with the gain of the recurrent weights and stays small',
    source: 'Murray 2019, eLife 8:e43299',
    gate: 'angle at gain 0.8, mean of 10 networks < 30 degrees, and between those at 0.3 and 1.5',
    subject: rflo,
    mutants: {
      'no leak': withReplaced(rflo, '(1 - dt / tau) * p', 'p'),
      'sign of the change': rfloMutants['sign of the change'],
      'sender not read': withReplaced(rflo, 'slope * x', 'slope'),
    },
    measure: (rule) => {
      const angles = [0.3, 0.8, 1.5].map((gain) => rfloAngle(rule, gain)) as [number, number, number];
      const [low, middle, high] = angles;
      const isGrowing = low < middle && middle < high;
      return {
        value: middle,
        passes: middle < 30 && isGrowing,
        note: angles.map((each) => each.toFixed(1)).join(', '),
      };
    },
  }),
  ruleCheck({
    id: 'rflo-random-feedback-is-local',
    rules: ['rflo'],
    title: 'Changing all weights and the readout changes nothing, given rates and slopes',
    source: 'what the rule declares that it reads',
    gate: 'largest difference of a change = 0',
    subject: (errors: Float64Array, feedback: Matrix, _network: RateNetwork) => learningSignals(errors, feedback),
    mutants: {
      'readout’s weights instead of feedback': (errors: Float64Array, _feedback: Matrix, network: RateNetwork) =>
        learningSignals(errors, network.readout),
      'errors through recurrent synapses': (errors: Float64Array, feedback: Matrix, network: RateNetwork) =>
        learningSignals(errors, feedback).map((signal, index) => signal + network.synapses.values[index % 12]!),
    },
    measure: (signals) => {
      const trial = smallRateTrial(1, 1);
      const feedback = Matrix.normal(2, 12, 0.3, new Random(1, 7));
      const changes = [1, 2].map((seed) => {
        const other = RateNetwork.random(trial.network.settings, 1, new Random(seed, 9));
        const errors = signals(trial.errors, feedback, other);
        // The signals are given as they are: the feedback matrix of the rule is the identity.
        const identity = new Matrix(12, 12).map((_, index) => Number(index % 13 === 0));
        return rfloChange(other, { ...trial, errors }, identity);
      });
      return near(Math.max(...changes[0]!.minus(changes[1]!).values.map(Math.abs)), 0, 0);
    },
  }),
  ruleCheck({
    id: 'rflo-is-silent-without-an-error',
    rules: ['rflo', 'rtrl', 'bptt-surrogate'],
    title: 'When outputs are what they should be nothing changes',
    source: 'definition',
    gate: 'largest change = 0',
    subject: rflo,
    mutants: {
      'constant in the error': withReplaced(rflo, 'eta * error', 'eta * (error + 1e-9)'),
      'weights decay with activity': withStep(rflo, { w: `${rflo.declaration.on.step!['w']!} - 1e-9 * slope * x` }),
    },
    measure: (rule) => {
      const trial = { ...smallRateTrial(1, 1), errors: new Float64Array(40 * 2) };
      const { network } = trial;
      const changes = [
        rfloChange(network, trial, network.readout, rule),
        rtrlChange(network, trial),
        bpttRateChange(network, trial),
      ];
      return near(Math.max(...changes.flatMap(({ values }) => [...values.map(Math.abs)])), 0, 1e-14);
    },
  }),
  ruleCheck({
    id: 'rflo-time-step',
    rules: ['rflo'],
    title: 'Halving the time step halves the distance of the eligibility from its closed form',
    source: 'definition',
    gate: 'order of convergence 1 ± 0.15',
    subject: rflo,
    mutants: {
      'leak applied twice': rfloMutants['leak applied twice'],
      'new part without the leak': rfloMutants['new part without the leak'],
      'no leak': withReplaced(rflo, '(1 - dt / tau) * p', 'p'),
    },
    measure: (rule) => {
      // A sender at rate 1 for 20 ms, with τ = 10 ms: 1 − exp(−2).
      const errors = [1, 0.5].map((dt) => {
        const one = Float64Array.of(1);
        const values = { ofSenders: { x: one }, ofReceivers: { slope: one, error: Float64Array.of(0) } };
        const rows = new SynapseRows(rule, { timeConstantMilliseconds: 10 }, values, 1, 1, dt);
        for (let step = 0; step < 20 / dt; step++) rows.step();
        return Math.abs(rows.variables['p']![0]! - (1 - Math.exp(-2)));
      });
      return near(Math.log2(errors[0]! / errors[1]!), 1, 0.15);
    },
  }),
];
