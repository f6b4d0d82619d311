// Exponentially decaying synaptic currents, one per receptor class; written once for all back ends.
import type { Int } from '../kernel/expression.ts';
import { clamped, share, stateMax } from '../kernel/fixed-point.ts';

export type Receptor = 'excitatory' | 'inhibitory';

/** Shares of a step: what a current loses, and what it gives to the membrane. */
export const currentParameters = [
  'excitatoryLossMantissa',
  'excitatoryLossShift',
  'excitatoryGainMantissa',
  'excitatoryGainShift',
  'inhibitoryLossMantissa',
  'inhibitoryLossShift',
  'inhibitoryGainMantissa',
  'inhibitoryGainShift',
] as const;

type Parameter = `${Receptor}${'Loss' | 'Gain'}${'Mantissa' | 'Shift'}`;
type Before = Readonly<Record<Parameter | `${Receptor}${'Current' | 'Received'}`, Int>>;

/**
 * What has arrived adds to the current, which acts on the membrane by `gain` and then loses its share of a step.
 * @param further what arrives besides the spikes of projections
 */
export function currentOf(receptor: Receptor, before: Before, further?: Int) {
  const arrived = before[`${receptor}Received`];
  const driven = before[`${receptor}Current`].plus(arrived);
  const total = further === undefined ? driven : driven.plus(further);
  const current = clamped(total, stateMax);
  const by = (what: 'Loss' | 'Gain') =>
    share(current, before[`${receptor}${what}Mantissa`], before[`${receptor}${what}Shift`]);
  return {
    receptor,
    effect: by('Gain'),
    next: current.minus(by('Loss')),
    isSaturated: current.differsFrom(total),
  };
}
