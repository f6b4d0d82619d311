// The small spiking network that gradients are compared in: 4 inputs, 8 neurons of which half adapt, 60 ms; analysis process.
import type { Matrix } from '../../base/matrix.ts';
import { Random } from '../../base/random.ts';
import type { RecordedTrial } from '../../time/e-prop.ts';
import { SpikingActivity } from '../../time/spiking-activity.ts';
import { evidenceSettings, SpikingNetwork, type SpikingSettings } from '../../time/spiking-network.ts';
import { addSurrogateGradient, type CreditOptions, SpikingGradient } from '../../time/surrogate-gradient.ts';

export const smallSettings: SpikingSettings = {
  ...evidenceSettings,
  inputs: 4,
  neurons: 8,
  adaptive: 4,
  outputs: 3,
  adaptationMilliseconds: 200,
  thresholdJump: 0.2,
  refractorySteps: 0,
};

export interface SmallTrial extends RecordedTrial {
  readonly network: SpikingNetwork;
  /** steps × outputs: slopes of the cost ½ Σ (y − y*)² with random targets. */
  readonly errors: Float64Array;
}

export function smallTrial(seed: number, settings: Partial<SpikingSettings> = {}, steps = 60): SmallTrial {
  const random = new Random(seed);
  const network = SpikingNetwork.random({ ...smallSettings, ...settings }, random);
  const { inputs, neurons, outputs } = network.settings;
  const values = Float64Array.from({ length: steps * inputs }, () => Number(random.uniform() < 0.2));
  const activity = network.run(values, new SpikingActivity(steps, neurons, outputs, true));
  const errors = activity.outputs.map((output) => output - random.normal());
  return { network, inputs: values, activity, errors };
}

/** @returns senders × neurons */
export function gradientOf({ network, inputs, activity, errors }: SmallTrial, options: CreditOptions): Matrix {
  const gradient = new SpikingGradient(network);
  addSurrogateGradient(gradient, network, inputs, activity, errors, options);
  return gradient.synapses;
}
