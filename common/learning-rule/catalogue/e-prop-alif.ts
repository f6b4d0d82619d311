// e-prop for neurons with an adaptive threshold: the synapse also remembers its share in the adaptation, for seconds.
import type { RuleDeclaration } from '../declaration.ts';
import { ePropLif } from './e-prop-lif.ts';
import { timeConstant } from './spiking-parameters.ts';

const slope = 'gamma * positive(1 - abs(u - theta - beta * s) / v_0)';
/** What the synapse could have done to the receiver's firing in this step, per ms. */
const eligibility = `${slope} * (x - beta / v_0 * eps_a)`;

export const ePropAlif: RuleDeclaration = {
  ...ePropLif,
  name: 'e-prop-alif',
  title: 'e-prop, adaptive threshold',
  about:
    'As e-prop for LIF neurons, and each spike of the receiver raises its threshold for a time: a slow second trace carries the synapse’s share in that over delays of seconds.',
  sources: ['Bellec, Scherr, Subramoney, Hajek, Salaj, Legenstein & Maass 2020, Nat. Commun. 11:3625, Methods'],
  parameters: {
    ...ePropLif.parameters,
    adaptationTimeConstantMilliseconds: timeConstant('tau_a', 'Time constant of adaptation', 2000, 10_000),
    thresholdJumpMillivolts: {
      symbol: 'beta',
      label: 'Jump of the threshold by a spike',
      unit: 'mV',
      min: 0,
      max: 10,
      default: 0.3,
    },
  },
  post: {
    ...ePropLif.post,
    s: { kind: 'trace', label: 'Trace of the receiver in its threshold', timeConstant: 'tau_a' },
  },
  synapse: {
    eps_a: { label: 'Share in the adaptation', unit: '', initial: 0, min: 0, max: 1e4 },
    e_bar: { label: 'Filtered eligibility', unit: '1/ms', initial: 0, min: -100, max: 100 },
  },
  on: {
    step: {
      w: 'w - eta * error * e_bar * dt',
      eps_a: `exp(-dt / tau_a) * eps_a + ${eligibility} * dt`,
      e_bar: `e_bar + (1 - exp(-dt / tau_out)) * (${eligibility} - e_bar)`,
    },
  },
};
