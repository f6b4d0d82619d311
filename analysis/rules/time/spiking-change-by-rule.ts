// The change of a spiking network by the declared equation of backpropagation through time, step by step; analysis process.
import type { ParsedRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Matrix } from '../base/matrix.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import type { RecordedTrial } from './e-prop.ts';
import type { SpikingNetwork } from './spiking-network.ts';
import { SynapseRows } from './synapse-rows.ts';

/**
 * @param potentialSlopes steps × neurons, of the trial's cost, as `addSurrogateGradient` gives them
 * @returns senders × neurons: the change at learning rate 1
 */
export function bpttChange(
  network: SpikingNetwork,
  { inputs: values, activity }: RecordedTrial,
  potentialSlopes: Float64Array,
  rule: ParsedRule = parsedTimeRules.bptt,
): Matrix {
  const {
    settings: { inputs, neurons, dtMilliseconds },
    synapses,
  } = network;
  const x = new Float64Array(synapses.rows);
  const delta = new Float64Array(neurons);
  const rows = new SynapseRows(
    rule,
    { learningRate: 1 },
    { ofSenders: { x }, ofReceivers: { delta } },
    neurons,
    synapses.rows,
    dtMilliseconds,
  );
  for (let step = 0; step < activity.steps; step++) {
    x.set(values.subarray(step * inputs, (step + 1) * inputs));
    if (step > 0) x.set(activity.spikes.subarray((step - 1) * neurons, step * neurons), inputs);
    delta.set(potentialSlopes.subarray(step * neurons, (step + 1) * neurons));
    rows.step();
  }
  const change = new Matrix(neurons, synapses.rows, rows.weights).transposed();
  for (let neuron = 0; neuron < neurons; neuron++) change.row(inputs + neuron)[neuron] = 0;
  return change;
}
