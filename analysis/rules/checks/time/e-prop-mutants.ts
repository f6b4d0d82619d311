// Wrong implementations of e-prop that its checks must catch; analysis process.
import { type EProp, eProp, ePropReads } from '../../time/e-prop.ts';
import { withReplaced, withStep } from './changed-rule.ts';

const { step } = eProp.alif.declaration.on;
const nextEpsilon = `(${step!['eps_a']})`;
const nextFiltered = (rule: EProp['lif']) => `(${rule.declaration.on.step!['e_bar']})`;

/** Each changes both rules where both have the part. */
export const ePropMutants = {
  'share in the adaptation taken after its own update': {
    ...eProp,
    alif: withStep(eProp.alif, { e_bar: step!['e_bar']!.replace('eps_a', nextEpsilon) }),
  },
  'share in the adaptation without its loss to the threshold': {
    ...eProp,
    alif: withStep(eProp.alif, { eps_a: step!['eps_a']!.replace('- beta / v_0 * eps_a', '') }),
  },
  'no adaptation in the eligibility': {
    ...eProp,
    alif: withStep(eProp.alif, { e_bar: step!['e_bar']!.replace('- beta / v_0 * eps_a', '') }),
  },
  'slope at the threshold without its adaptation': { ...eProp, alif: withReplaced(eProp.alif, ' - beta * s', '') },
  'slope of the step before': {
    ...eProp,
    reads: {
      ...ePropReads,
      potential: (network, activity, step, neuron) =>
        ePropReads.potential(network, activity, Math.max(0, step - 1), neuron),
    },
  },
  'spikes of senders in the same step': {
    ...eProp,
    reads: {
      ...ePropReads,
      advanceTraces(traces, network, trial, step) {
        const { inputs, neurons } = network.settings;
        for (let index = 0; index < traces.length; index++) {
          const spike =
            index < inputs
              ? trial.inputs[step * inputs + index]!
              : trial.activity.spikes[step * neurons + index - inputs]!;
          traces[index] = network.decay.membrane * traces[index]! + spike;
        }
      },
    },
  },
  'inputs arrive a step late': {
    ...eProp,
    reads: {
      ...ePropReads,
      advanceTraces(traces, network, trial, step) {
        const { inputs } = network.settings;
        const late = new Float64Array(trial.inputs.length);
        late.set(trial.inputs.subarray(0, trial.inputs.length - inputs), inputs);
        ePropReads.advanceTraces(traces, network, { ...trial, inputs: late }, step);
      },
    },
  },
  'eligibility of the step after the signal': {
    ...eProp,
    lif: withStep(eProp.lif, { w: `w - eta * error * ${nextFiltered(eProp.lif)} * dt` }),
    alif: withStep(eProp.alif, { w: `w - eta * error * ${nextFiltered(eProp.alif)} * dt` }),
  },
  'sign of the change': {
    ...eProp,
    lif: withReplaced(eProp.lif, 'w - eta', 'w + eta'),
    alif: withReplaced(eProp.alif, 'w - eta', 'w + eta'),
  },
  'filter with the time constant of the membrane times two': {
    ...eProp,
    lif: withReplaced(eProp.lif, '/ tau_out', '/ (2 * tau_m)'),
    alif: withReplaced(eProp.alif, '/ tau_out', '/ (2 * tau_m)'),
  },
} as const satisfies Record<string, EProp>;
