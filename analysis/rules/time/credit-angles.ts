// How far a credit of spiking networks is from the whole gradient in time, layer by layer; analysis process.
import { angleToGradient } from '../base/angle-to-gradient.ts';
import type { SpikingActivity } from './spiking-activity.ts';
import type { SpikingNetwork } from './spiking-network.ts';
import { type AddGradient, gradientWithReset, SpikingGradient } from './surrogate-gradient.ts';

/** A trial that a network has gone through. */
export interface JudgedTrial {
  readonly inputs: Float64Array;
  readonly activity: SpikingActivity;
  /** steps × outputs */
  readonly errors: Float64Array;
}

/**
 * Of the cost of the task alone: what keeps firing rates near a target is not in it.
 * @param own what the rule takes for the gradient
 * @returns for the synapses of the neurons and for the readout, in degrees; null for what does not change
 */
export function creditAngles(
  network: SpikingNetwork,
  trials: readonly JudgedTrial[],
  own: SpikingGradient,
  add: AddGradient,
): (number | null)[] {
  const whole = new SpikingGradient(network);
  for (const { inputs, activity, errors } of trials) add(whole, network, inputs, activity, errors, gradientWithReset);
  return [
    angleToGradient(own.synapses.values, whole.synapses.values),
    angleToGradient(own.readout.values, whole.readout.values),
  ];
}
