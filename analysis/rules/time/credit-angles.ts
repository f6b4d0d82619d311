// How far a credit of spiking networks is from the whole gradient in time, layer by layer; analysis process.
import { angleToGradient } from '../base/angle-to-gradient.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import type { SpikingNetwork } from './spiking-network.ts';
import { type AddGradient, type CreditOptions, gradientWithReset, SpikingGradient } from './surrogate-gradient.ts';

/** A trial that a network has gone through. */
export interface JudgedTrial {
  readonly inputs: Float64Array;
  readonly activity: SpikingActivity;
  /** steps × outputs */
  readonly errors: Float64Array;
}

/**
 * Of the cost of the task alone: what keeps firing rates near a target is not in it.
 * @param credit of the rule; undefined: its synapses between neurons stay
 * @returns for the synapses of the neurons and for the readout, in degrees; null for what does not change
 */
export function creditAngles(
  network: SpikingNetwork,
  trials: readonly JudgedTrial[],
  credit: Pick<CreditOptions, 'throughRecurrence' | 'throughReset' | 'feedback'> | undefined,
  add: AddGradient,
): (number | null)[] {
  const sumOf = (options: CreditOptions) => {
    const gradient = new SpikingGradient(network);
    for (const { inputs, activity, errors } of trials) add(gradient, network, inputs, activity, errors, options);
    return gradient;
  };
  const whole = sumOf(gradientWithReset);
  const own = credit === undefined ? new SpikingGradient(network) : sumOf(credit);
  const readout = credit === undefined ? whole.readout : own.readout;
  return [
    angleToGradient(own.synapses.values, whole.synapses.values),
    angleToGradient(readout.values, whole.readout.values),
  ];
}
