import { describe, expect, it } from 'vitest';
import { Random } from '../base/random.ts';
import { relativeError } from '../base/vectors.ts';
import { smallTrial } from '../checks/time/small-spiking-network.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import { noiseTimesSenders, perturbWeights } from './spiking-perturbation.ts';
import { SpikingGradient } from './surrogate-gradient.ts';
import { SynapseRows } from './synapse-rows.ts';

const { network, inputs, activity } = smallTrial(3);
const { neurons, inputs: width, dtMilliseconds } = network.settings;
const senders = network.synapses.rows;
const steps = activity.steps;

describe('node perturbation of a spiking network', () => {
  it('sums the eligibility of the declared equation, and nothing for synapses of a neuron with itself', () => {
    const random = new Random(4);
    const noise = Float64Array.from({ length: steps * neurons }, () => random.normal());
    const x = new Float64Array(senders);
    const ofReceivers = { xi: new Float64Array(neurons), reward: new Float64Array(neurons) };
    const rows = new SynapseRows(
      parsedTimeRules.nodePerturbation,
      { learningRate: 1, noiseDeviation: 0.1 },
      { ofSenders: { x }, ofReceivers },
      neurons,
      senders,
      dtMilliseconds,
    );
    for (let step = 0; step < steps; step++) {
      x.set(inputs.subarray(step * width, (step + 1) * width));
      if (step > 0) x.set(activity.spikes.subarray((step - 1) * neurons, step * neurons), width);
      ofReceivers.xi.set(noise.subarray(step * neurons, (step + 1) * neurons));
      rows.step();
    }
    const sum = noiseTimesSenders(network, inputs, activity, noise);
    const wanted = sum.map((_, index) => {
      const [sender, neuron] = [Math.floor(index / neurons), index % neurons];
      return sender === width + neuron ? 0 : rows.variables['e']![neuron * senders + sender]!;
    });
    expect(relativeError(sum.values, wanted.values)).toBeLessThan(1e-12);
  });
});

describe('weight perturbation of a spiking network', () => {
  it('leaves the network as it is, and no neuron has a change with itself', () => {
    const before = network.synapses.values.slice();
    const gradient = new SpikingGradient(network);
    const judge = (outputs: Float64Array) => ({ cost: outputs.reduce((sum, output) => sum + output ** 2, 0) });
    perturbWeights(0.1)(gradient, network, [{ inputs, judge, cost: judge(activity.outputs).cost }], new Random(6));
    expect(network.synapses.values).toEqual(before);
    expect(gradient.synapses.values.some((each) => each !== 0)).toBe(true);
    for (let neuron = 0; neuron < neurons; neuron++)
      expect(gradient.synapses.row(width + neuron)[neuron]).toBeCloseTo(0, 15);
  });
});
