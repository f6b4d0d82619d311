import { describe, expect, it } from 'vitest';
import { clopathStdp } from '../../../common/learning-rule/catalogue/clopath-stdp.ts';
import { pairStdp } from '../../../common/learning-rule/catalogue/pair-stdp.ts';
import { parseRule } from '../../../common/learning-rule/parsed-rule.ts';
import { Random } from '../base/random.ts';
import { spikesByStep, PoissonSpikes, runProtocol } from './spike-times.ts';
import { SynapseSimulation } from './synapse-simulation.ts';

const options = { count: 2, stepMilliseconds: 1, weights: 0.5 };

describe('simulated synapses', () => {
  it('read a trace before the spike of the same step is added to it', () => {
    const synapses = new SynapseSimulation(parseRule(pairStdp), {}, options);
    synapses.step({ arrivals: [0], firings: [0] });
    expect(synapses.weights).toEqual(Float64Array.of(0.5, 0.5));
    expect(synapses.memories['x']).toEqual(Float64Array.of(Math.exp(-1 / 20), 0));
  });

  it('begin a running mean with the first value that it follows', () => {
    const synapses = new SynapseSimulation(parseRule(clopathStdp), {}, options);
    synapses.step({ signals: { u: Float64Array.of(-70, -60) } });
    expect(synapses.memories['u_minus']).toEqual(Float64Array.of(-70, -60));
  });

  it('refuse a step that lacks a signal which the rule reads', () => {
    const synapses = new SynapseSimulation(parseRule(clopathStdp), {}, options);
    expect(() => synapses.step({})).toThrow(/follows 'u', which is not given/);
  });

  it('keep weights within the bounds of the rule', () => {
    const synapses = new SynapseSimulation(parseRule(pairStdp), { potentiationFraction: 1 }, options);
    runProtocol(synapses, { milliseconds: 20, stepMilliseconds: 1, arrivals: [[1], []], firings: [[5], []] });
    expect(synapses.weights).toEqual(Float64Array.of(1, 0.5));
  });
});

describe('spikes for synapses', () => {
  it('fall into the step of their time, though the quotient is a little less in binary', () => {
    const byStep = spikesByStep([[0.3], [0.25]], 5, 0.1);
    expect(byStep).toEqual([[], [], [1], [0], []]);
  });

  it('come at the rate of the process, each neuron at most once in a step', () => {
    const spikes = new PoissonSpikes(50, 0.1, new Random(1));
    const steps = Array.from({ length: 4000 }, () => spikes.next());
    // 20 000 expected, standard deviation 134.
    expect(Math.abs(steps.flat().length - 20_000)).toBeLessThan(500);
    expect(steps.every((spiking) => new Set(spiking).size === spiking.length)).toBe(true);
    expect(Math.max(...steps.flat())).toBe(49);
  });
});
