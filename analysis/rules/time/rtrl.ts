// Real-time recurrent learning of a rate network: carries the sensitivity of every neuron to every weight; analysis process.
import { Matrix } from '../base/matrix.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import type { RateTrial } from './rate-gradient.ts';
import { type RateNetwork, readSenders } from './rate-network.ts';
import { SynapseRows } from './synapse-rows.ts';

/** Carries sensitivities one step on: neurons × (neurons × senders); a function of its own for it is where mistakes are made. */
export type AdvanceSensitivities = (
  sensitivities: Matrix,
  network: RateNetwork,
  senders: Float64Array,
  slopes: Float64Array,
) => Matrix;

/** P(t) = (1 − dt/τ) P(t−1) + dt/τ φ′ (W P(t−1) + senders at the receiver's own weights). */
export const advanceSensitivities: AdvanceSensitivities = (before, network, senders, slopes) => {
  const { neurons, inputs } = network.settings;
  const { leak } = network;
  const recurrent = new Matrix(neurons, neurons).map(
    (_, index) => network.synapses.row(Math.floor(index / neurons))[inputs + (index % neurons)]!,
  );
  const after = recurrent.times(before);
  for (let neuron = 0; neuron < neurons; neuron++) {
    const row = after.row(neuron);
    for (const [sender, value] of senders.entries()) row[neuron * senders.length + sender]! += value;
    const old = before.row(neuron);
    for (let index = 0; index < row.length; index++)
      row[index] = (1 - leak) * old[index]! + leak * slopes[neuron]! * row[index]!;
  }
  return after;
};

/** @returns neurons × senders: the change at learning rate 1, minus the gradient */
export function rtrlChange(
  network: RateNetwork,
  { inputs, activity, errors }: RateTrial,
  advance: AdvanceSensitivities = advanceSensitivities,
): Matrix {
  const { synapses, readout, settings } = network;
  const { neurons, outputs } = settings;
  const weights = synapses.values.length;
  const gradient = new Float64Array(weights);
  const rows = new SynapseRows(
    parsedTimeRules.rtrl,
    { learningRate: 1 },
    { ofSenders: {}, ofReceivers: {}, ofSynapses: { gradient } },
    neurons,
    synapses.columns,
    settings.dtMilliseconds,
  );
  let sensitivities = new Matrix(neurons, weights);
  const senders = new Float64Array(synapses.columns);
  for (let step = 0; step < activity.steps; step++) {
    readSenders(senders, activity, step, inputs.subarray(step * settings.inputs, (step + 1) * settings.inputs));
    const at = step * neurons;
    sensitivities = advance(sensitivities, network, senders, activity.slopes.subarray(at, at + neurons));
    const error = new Matrix(1, outputs, errors.slice(step * outputs, (step + 1) * outputs));
    gradient.set(error.times(readout).times(sensitivities).values);
    rows.step();
  }
  return new Matrix(neurons, synapses.columns, rows.weights);
}
