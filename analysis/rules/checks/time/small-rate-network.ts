// The small rate network that gradients are compared in; analysis process.
import { Random } from '../../base/random.ts';
import { tanh } from '../../deep/activation.ts';
import type { RateTrial } from '../../time/rate-gradient.ts';
import { RateNetwork } from '../../time/rate-network.ts';

export interface SmallRateTrial extends RateTrial {
  readonly network: RateNetwork;
  readonly targets: Float64Array;
}

/** 12 neurons, τ = 5 steps, T = 40, cost ½ Σ (y − y*)² with random targets. @param gain of recurrent weights */
export function smallRateTrial(seed: number, gain: number, neurons = 12, steps = 40): SmallRateTrial {
  const random = new Random(seed);
  const settings = {
    inputs: 3,
    neurons,
    outputs: 2,
    dtMilliseconds: 1,
    timeConstantMilliseconds: 5,
    activation: tanh,
  };
  const network = RateNetwork.random(settings, gain, random);
  const inputs = Float64Array.from({ length: steps * 3 }, () => random.normal());
  const targets = Float64Array.from({ length: steps * 2 }, () => random.normal());
  const activity = network.run(inputs);
  return { network, inputs, activity, targets, errors: activity.outputs.map((y, index) => y - targets[index]!) };
}
