// The exact gradient of a rate network's trial: backwards in time, and forwards; both by their declared equations; analysis process.
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import { type RateActivity, type RateNetwork, readSenders } from './rate-network.ts';
import { SynapseRows } from './synapse-rows.ts';

export interface RateTrial {
  /** steps × inputs */
  readonly inputs: Float64Array;
  readonly activity: RateActivity;
  /** steps × outputs: slopes of the trial's cost by the outputs. */
  readonly errors: Float64Array;
}

/** @returns steps × neurons: slopes of the cost by the drives */
export function driveSlopes(network: RateNetwork, { inputs, activity, errors }: RateTrial): Float64Array {
  const { neurons, outputs } = network.settings;
  const width = inputs.length / activity.steps;
  const deltas = new Float64Array(activity.steps * neurons);
  const ofRate = new Float64Array(neurons);
  for (let step = activity.steps - 1; step >= 0; step--) {
    const after = (step + 1) * neurons;
    for (let neuron = 0; neuron < neurons; neuron++) {
      let error = (1 - network.leak) * ofRate[neuron]!;
      for (let output = 0; output < outputs; output++)
        error += network.readout.values[output * neurons + neuron]! * errors[step * outputs + output]!;
      if (after < deltas.length) {
        for (let receiver = 0; receiver < neurons; receiver++)
          error += network.synapses.values[receiver * (width + neurons) + width + neuron]! * deltas[after + receiver]!;
      }
      ofRate[neuron] = error;
    }
    for (let neuron = 0; neuron < neurons; neuron++)
      deltas[step * neurons + neuron] = network.leak * activity.slopes[step * neurons + neuron]! * ofRate[neuron]!;
  }
  return deltas;
}

/** @returns neurons × senders: the change by backpropagation through time at learning rate 1, minus the gradient */
export function bpttRateChange(
  network: RateNetwork,
  trial: RateTrial,
  rule: ParsedRule = parsedTimeRules.bptt,
  slopesOf: typeof driveSlopes = driveSlopes,
): Matrix {
  const deltas = slopesOf(network, trial);
  const delta = new Float64Array(network.settings.neurons);
  return overTrial(network, trial, rule, { delta }, (step) =>
    delta.set(deltas.subarray(step * delta.length, (step + 1) * delta.length)),
  );
}

/**
 * Shows the synapses one step after the other.
 * @param ofReceivers values of receivers by symbol, filled by `prepare` for each step
 * @returns neurons × senders: the sum of changes at learning rate 1
 */
export function overTrial(
  network: RateNetwork,
  { inputs, activity }: Pick<RateTrial, 'inputs' | 'activity'>,
  rule: ParsedRule,
  ofReceivers: Readonly<Record<string, Float64Array>>,
  prepare: (step: number) => void,
  parameters: Readonly<Record<string, number>> = {},
): Matrix {
  const { synapses, settings } = network;
  const { dtMilliseconds, timeConstantMilliseconds } = settings;
  const x = new Float64Array(synapses.columns);
  const rows = new SynapseRows(
    rule,
    { learningRate: 1, timeConstantMilliseconds, ...parameters },
    { ofSenders: { x }, ofReceivers },
    synapses.rows,
    synapses.columns,
    dtMilliseconds,
  );
  for (let step = 0; step < activity.steps; step++) {
    readSenders(x, activity, step, inputs.subarray(step * settings.inputs, (step + 1) * settings.inputs));
    prepare(step);
    rows.step();
  }
  return new Matrix(synapses.rows, synapses.columns, rows.weights);
}
