// Checks of backpropagation through time of spiking networks; analysis process.
import type { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import { norm, relativeError } from '../../base/vectors.ts';
import { bpttChange } from '../../time/spiking-change-by-rule.ts';
import { parsedTimeRules } from '../../time/parsed-time-rules.ts';
import { SpikingNetwork } from '../../time/spiking-network.ts';
import {
  addSurrogateGradient,
  gradientWithReset,
  SpikingGradient,
  wholeGradient,
} from '../../time/surrogate-gradient.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { withReplaced } from './changed-rule.ts';
import { runSmooth } from './smooth-spiking-network.ts';
import { gradientOf, smallSettings, smallTrial } from './small-spiking-network.ts';

const add: typeof addSurrogateGradient = addSurrogateGradient;

/** Of a network whose gradient goes back with something of it changed. */
const inOther =
  (change: (network: SpikingNetwork) => Partial<Pick<SpikingNetwork, 'decay' | 'settings'>>): typeof add =>
  (gradient, network, ...rest) =>
    add(gradient, Object.assign(network.copy(), change(network)), ...rest);

/** Half the squared distance of the outputs from random targets, by every weight: whole gradient and central differences. */
function compared(addGradient: typeof add): number {
  const random = new Random(3);
  const network = SpikingNetwork.random({ ...smallSettings, surrogateGain: 0.6 }, random);
  const inputs = Float64Array.from({ length: 25 * 4 }, () => Number(random.uniform() < 0.4));
  const targets = Float64Array.from({ length: 25 * 3 }, () => random.normal());
  const costOf = () =>
    runSmooth(network, inputs).outputs.reduce((sum, output, index) => sum + (output - targets[index]!) ** 2 / 2, 0);
  const activity = runSmooth(network, inputs);
  const gradient = new SpikingGradient(network);
  const errors = activity.outputs.map((output, index) => output - targets[index]!);
  addGradient(gradient, network, inputs, activity, errors, gradientWithReset);
  const measured = [network.synapses, network.readout].map(({ values }) =>
    values.map((weight, index) => {
      const slope = [1e-5, -1e-5].map((step) => {
        values[index] = weight + step;
        return costOf() / step;
      });
      values[index] = weight;
      return (slope[0]! + slope[1]!) / 2;
    }),
  );
  // A neuron has no synapse with itself.
  for (let neuron = 0; neuron < 8; neuron++) measured[0]![(4 + neuron) * 8 + neuron] = 0;
  return relativeError(
    [...gradient.synapses.values, ...gradient.readout.values],
    measured.flatMap((each) => [...each]),
  );
}

export const surrogateGradientChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'bptt-surrogate-finite-differences',
    rules: ['bptt-surrogate'],
    title: 'In the smooth network whose slope the surrogate is, the gradient is that of central differences',
    source: 'Neftci, Mostafa & Zenke 2019, IEEE Signal Process. Mag. 36:51',
    gate: 'relative error < 1e-6, 96 synapses and 24 readout weights, 25 steps',
    subject: add,
    mutants: {
      'no error through the reset': (gradient, network, inputs, activity, errors) =>
        add(gradient, network, inputs, activity, errors, wholeGradient),
      'reset by the jump of the threshold': inOther(({ settings }) => ({
        settings: { ...settings, threshold: settings.thresholdJump },
      })),
      'reset with the wrong sign': inOther(({ settings }) => ({
        settings: { ...settings, threshold: -settings.threshold },
      })),
      'no error through recurrent synapses': (gradient, network, inputs, activity, errors, options) =>
        add(gradient, network, inputs, activity, errors, { ...options, throughRecurrence: false }),
      'adaptation does not last in the errors': inOther(({ decay }) => ({ decay: { ...decay, adaptation: 0 } })),
      'no error through the threshold': inOther(({ settings }) => ({ settings: { ...settings, thresholdJump: 0 } })),
      'readout does not last in the errors': inOther(({ decay }) => ({ decay: { ...decay, readout: 0 } })),
      'slope of the step before': (gradient, network, inputs, activity, errors, options) => {
        const slopes = new Float64Array(activity.slopes.length);
        slopes.set(activity.slopes.subarray(0, slopes.length - activity.neurons), activity.neurons);
        add(gradient, network, inputs, Object.assign(Object.create(activity), { slopes }), errors, options);
      },
      'cost summed twice': (gradient, network, inputs, activity, errors, options) =>
        add(
          gradient,
          network,
          inputs,
          activity,
          errors.map((error) => 2 * error),
          options,
        ),
    } satisfies Record<string, typeof add>,
    measure: (addGradient) => below(compared(addGradient), 1e-6),
  }),
  ruleCheck({
    id: 'bptt-surrogate-by-its-equation',
    rules: ['bptt-surrogate'],
    title: 'Summing the declared equation over steps gives the gradient that sparse sums give',
    source: 'Werbos 1990, Proc. IEEE 78:1550',
    gate: 'relative error < 1e-12, 3 networks',
    subject: parsedTimeRules.bptt,
    mutants: {
      'sign of the change': withReplaced(parsedTimeRules.bptt, '- eta', '+ eta'),
      'sender not read': withReplaced(parsedTimeRules.bptt, ' * x', ''),
    },
    measure: (rule) =>
      below(
        Math.max(
          ...[1, 2, 3].map((seed) => {
            const trial = smallTrial(seed);
            const potentialSlopes = new Float64Array(trial.activity.spikes.length);
            const gradient: Matrix = gradientOf(trial, { ...wholeGradient, potentialSlopes });
            if (norm(gradient.values) === 0) return Infinity;
            const change = bpttChange(trial.network, trial, potentialSlopes, rule);
            return relativeError(change.scaled(-1).values, gradient.values);
          }),
        ),
        1e-12,
      ),
  }),
];
