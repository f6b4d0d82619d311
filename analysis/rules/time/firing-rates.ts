// Keeps the neurons of a network near a firing rate: cost c Σ (f − f₀)² over neurons (Bellec et al. 2020, Methods); analysis process.
import type { SpikingActivity } from './spiking-activity.ts';

export interface RateTarget {
  readonly rateHz: number;
  /** c, with rates in spikes per ms. */
  readonly coefficient: number;
}

/** @returns each neuron's mean rate over trials, in Hz */
export function firingRatesHz(trials: readonly SpikingActivity[], dtMilliseconds: number): Float64Array {
  const rates = new Float64Array(trials[0]!.neurons);
  let steps = 0;
  for (const { spikes, steps: more } of trials) {
    steps += more;
    for (let at = 0; at < spikes.length; at += rates.length) {
      for (let neuron = 0; neuron < rates.length; neuron++) rates[neuron]! += spikes[at + neuron]!;
    }
  }
  return rates.map((count) => (count * 1000) / (steps * dtMilliseconds));
}

/** @returns the slope of the cost by a spike of each neuron, when trials of this many steps are averaged */
export function rateSpikeCosts(
  ratesHz: Float64Array,
  { rateHz, coefficient }: RateTarget,
  steps: number,
  dtMilliseconds: number,
): Float64Array {
  return ratesHz.map((rate) => (2 * coefficient * (rate - rateHz)) / 1000 / (steps * dtMilliseconds));
}
