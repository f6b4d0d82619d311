// Checks of e-prop against backpropagation through time; analysis process.
import type { Matrix } from '../../base/matrix.ts';
import { angleDegrees, mean, norm, relativeError } from '../../base/vectors.ts';
import { type EProp, eProp, ePropChange, learningSignals } from '../../time/e-prop.ts';
import {
  type CreditOptions,
  gradientWithReset,
  stoppedGradient,
  wholeGradient,
} from '../../time/surrogate-gradient.ts';
import { below, type RuleCheck, ruleCheck } from '../check.ts';
import { ePropMutants } from './e-prop-mutants.ts';
import { gradientOf, type SmallTrial, smallTrial } from './small-spiking-network.ts';

const rules = ['e-prop-lif', 'e-prop-alif'];
const source = 'Bellec, Scherr, Subramoney, Hajek, Salaj, Legenstein & Maass 2020, Nat. Commun. 11:3625';

const symmetric = (subject: EProp, trial: SmallTrial, readoutMilliseconds?: number): Matrix =>
  ePropChange(subject, trial.network, trial, learningSignals(trial.errors, trial.network.readout), readoutMilliseconds);

/** Infinite when the gradient is zero: then nothing is shown. */
const errorOf = (change: Matrix, gradient: Matrix) =>
  norm(gradient.values) > 0 ? relativeError(change.scaled(-1).values, gradient.values) : Infinity;

const {
  'filter with the time constant of the membrane times two': wrongFilter,
  'inputs arrive a step late': lateInputs,
  'sign of the change': wrongSign,
  ...ofEligibility
} = ePropMutants;

interface SlopesOfSpikes {
  readonly gradient: Matrix;
  /** steps × neurons */
  readonly spikeSlopes: Float64Array;
}

function spikeSlopesOf(trial: SmallTrial, options: CreditOptions): SlopesOfSpikes {
  const spikeSlopes = new Float64Array(trial.activity.spikes.length);
  return { gradient: gradientOf(trial, { ...options, spikeSlopes }), spikeSlopes };
}

const slopesWithReset = (trial: SmallTrial): SlopesOfSpikes => spikeSlopesOf(trial, gradientWithReset);

/** Without recurrence, and a single step with every input active so that potentials come near the threshold. */
function simpleTrials(): readonly SmallTrial[] {
  const alone = smallTrial(4);
  alone.network.synapses.values.fill(0, 4 * 8);
  const { network, inputs } = alone;
  const activity = network.run(inputs, alone.activity);
  const single = smallTrial(5, {}, 1);
  single.inputs.fill(1);
  single.network.run(single.inputs, single.activity);
  return [{ ...alone, activity, errors: activity.outputs.map((output, index) => output - Math.sin(index)) }, single];
}

export const ePropChecks: readonly RuleCheck[] = [
  ruleCheck({
    id: 'e-prop-identity',
    rules,
    title:
      'Eligibilities times the total slope of the cost by each spike are the gradient of backpropagation through time',
    source: `${source}, eq. 1`,
    gate: 'relative error < 1e-12, 3 networks of 4 LIF and 4 adaptive neurons, T = 60',
    subject: eProp as EProp,
    mutants: { ...ofEligibility, 'inputs arrive a step late': lateInputs, 'sign of the change': wrongSign },
    measure: (subject) =>
      below(
        Math.max(
          ...[1, 2, 3].map((seed) => {
            const trial = smallTrial(seed, { refractorySteps: seed - 1 });
            const { gradient, spikeSlopes } = spikeSlopesOf(trial, wholeGradient);
            return errorOf(ePropChange(subject, trial.network, trial, spikeSlopes, 0), gradient);
          }),
        ),
        1e-12,
      ),
  }),
  ruleCheck({
    id: 'e-prop-identity-with-reset',
    rules: [...rules, 'bptt-surrogate'],
    title:
      'It is so as well when errors go back through the reset, if the slope of the cost by a spike counts the reset',
    source: `${source}, eq. 1, with the reset as a path of the network`,
    gate: 'relative error < 1e-12, 3 networks of 4 LIF and 4 adaptive neurons, T = 60',
    subject: slopesWithReset,
    mutants: {
      'slopes without the reset': (trial) => ({
        ...slopesWithReset(trial),
        spikeSlopes: spikeSlopesOf(trial, wholeGradient).spikeSlopes,
      }),
      'gradient without the reset': (trial) => ({
        ...slopesWithReset(trial),
        gradient: spikeSlopesOf(trial, wholeGradient).gradient,
      }),
      'slopes with the reset of a step later': (trial) => {
        const { gradient, spikeSlopes } = slopesWithReset(trial);
        const { neurons } = trial.network.settings;
        const without = spikeSlopesOf(trial, wholeGradient).spikeSlopes;
        const late = spikeSlopes.map((slope, index) =>
          index + neurons < spikeSlopes.length
            ? without[index]! + spikeSlopes[index + neurons]! - without[index + neurons]!
            : slope,
        );
        return { gradient, spikeSlopes: late };
      },
    } satisfies Record<string, typeof slopesWithReset>,
    measure: (slopesOf) =>
      below(
        Math.max(
          ...[1, 2, 3].map((seed) => {
            const trial = smallTrial(seed, { refractorySteps: seed - 1 });
            const { gradient, spikeSlopes } = slopesOf(trial);
            return errorOf(ePropChange(eProp, trial.network, trial, spikeSlopes, 0), gradient);
          }),
        ),
        1e-12,
      ),
  }),
  ruleCheck({
    id: 'e-prop-symmetric-equals-stopped-gradient',
    rules,
    title: 'With the readout’s weights as feedback it is backpropagation through time that stops at recurrent spikes',
    source,
    gate: 'relative error < 1e-12, 3 networks',
    subject: eProp as EProp,
    mutants: {
      'filter with the time constant of the membrane times two': wrongFilter,
      'sign of the change': wrongSign,
      'eligibility of the step after the signal': ePropMutants['eligibility of the step after the signal'],
      'slope of the step before': ePropMutants['slope of the step before'],
    },
    measure: (subject) =>
      below(
        Math.max(
          ...[1, 2, 3].map((seed) => {
            const trial = smallTrial(seed, { refractorySteps: seed - 1 });
            return errorOf(symmetric(subject, trial), gradientOf(trial, stoppedGradient));
          }),
        ),
        1e-12,
      ),
  }),
  ruleCheck({
    id: 'e-prop-without-recurrence',
    rules,
    title: 'Without recurrence, and in a single step near the threshold, it is backpropagation through time',
    source,
    gate: 'relative error < 1e-12; the gradient is not zero',
    subject: eProp as EProp,
    mutants: {
      'inputs arrive a step late': lateInputs,
      'spikes of senders in the same step': ePropMutants['spikes of senders in the same step'],
      'sign of the change': wrongSign,
    },
    measure: (subject) =>
      below(
        Math.max(
          ...simpleTrials().map((trial) => errorOf(symmetric(subject, trial), gradientOf(trial, wholeGradient))),
        ),
        1e-12,
      ),
  }),
  ruleCheck({
    id: 'e-prop-angle',
    rules,
    title: 'In random recurrent networks the symmetric rule points along the gradient',
    source,
    gate: 'angle to backpropagation through time, mean of 20 seeds < 45 degrees',
    subject: ({ errors, network: { readout } }: SmallTrial) => learningSignals(errors, readout),
    mutants: {
      'feedback of the wrong output': ({ errors, network: { readout } }: SmallTrial) =>
        learningSignals(
          errors,
          readout.map((_, index) => readout.values[(index + readout.columns) % readout.values.length]!),
        ),
      'feedback to the wrong neuron': ({ errors, network: { readout } }: SmallTrial) =>
        learningSignals(
          errors,
          readout.map((_, index) => readout.values[(index + 1) % readout.values.length]!),
        ),
      'target less output': ({ errors, network: { readout } }: SmallTrial) =>
        learningSignals(errors, readout.scaled(-1)),
    },
    measure: (signals) => {
      const angles = Array.from({ length: 20 }, (_, index) => {
        const trial = smallTrial(index + 1);
        const change = ePropChange(eProp, trial.network, trial, signals(trial));
        return angleDegrees(change.scaled(-1).values, gradientOf(trial, wholeGradient).values);
      });
      return below(mean(angles), 45, `largest ${Math.max(...angles).toFixed(1)}`);
    },
  }),
];
