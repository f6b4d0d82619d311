import { describe, expect, it } from 'vitest';
import { Random } from '../base/random.ts';
import { relativeError } from '../base/vectors.ts';
import { smallTrial } from '../checks/time/small-spiking-network.ts';
import { parsedTimeRules } from './parsed-time-rules.ts';
import { noiseTimesSenders, perturbNodes, perturbWeights, type TriedTrial } from './spiking-perturbation.ts';
import { SpikingGradient } from './surrogate-gradient.ts';
import { SynapseRows } from './synapse-rows.ts';

const { network, inputs, activity } = smallTrial(3);
const { neurons, inputs: width, dtMilliseconds } = network.settings;
const senders = network.synapses.rows;
const steps = activity.steps;

/** Costs what outputs are on the whole, so that it is told from 0 whichever neurons fire. */
const judge = (outputs: Float64Array) => ({
  cost: outputs.reduce((sum, output, index) => sum + output * Math.sin(index), 0),
});
const trial: TriedTrial = { inputs, judge, cost: judge(activity.outputs).cost };

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

  it('goes against noise that made the trial dearer, by as much as it did', () => {
    const deviation = 0.2;
    const gradient = new SpikingGradient(network);
    perturbNodes(deviation)(gradient, network, [trial], new Random(5));
    const random = new Random(5);
    const noise = Float64Array.from({ length: steps * neurons }, () => random.normal());
    const noisy = network.run(
      inputs,
      undefined,
      noise.map((each) => deviation * each),
    );
    const dearer = judge(noisy.outputs).cost - trial.cost;
    expect(Math.abs(dearer)).toBeGreaterThan(1e-3);
    const wanted = noiseTimesSenders(network, inputs, noisy, noise).scaled(dearer / deviation);
    expect(relativeError(gradient.synapses.values, wanted.values)).toBeLessThan(1e-12);
  });
});

describe('weight perturbation of a spiking network', () => {
  it('goes against the variation by what all trials of the batch cost more, and leaves the network as it is', () => {
    const deviation = 0.1;
    const before = network.synapses.values.slice();
    const gradient = new SpikingGradient(network);
    perturbWeights(deviation)(gradient, network, [trial, trial], new Random(6));
    expect(network.synapses.values).toEqual(before);
    const random = new Random(6);
    const xi = gradient.synapses.map(() => random.normal());
    for (let neuron = 0; neuron < neurons; neuron++) xi.row(width + neuron)[neuron] = 0;
    const varied = network.copy();
    varied.synapses.values.set(before.map((weight, index) => weight + deviation * xi.values[index]!));
    const dearer = judge(varied.run(inputs).outputs).cost - trial.cost;
    expect(Math.abs(dearer)).toBeGreaterThan(1e-3);
    expect(relativeError(gradient.synapses.values, xi.scaled((2 * dearer) / deviation).values)).toBeLessThan(1e-12);
  });
});
