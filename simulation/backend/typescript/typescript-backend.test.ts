import { describe, expect, it } from 'vitest';
import { Defect } from '../../../common/base/assert.ts';
import type { SimulationConfiguration } from '../../../common/simulation-protocol/configuration.ts';
import { configurationOf } from '../../example-configuration.ts';
import { compileNetwork } from '../../network/compile-network.ts';
import { TypescriptBackend } from './typescript-backend.ts';

const noInput = new Uint16Array(0);

/** A neuron that fires in the first step after any input spike, once. */
const relay = {
  model: 'lif',
  synapticTimeConstantMilliseconds: 0.1,
  membraneTimeConstantMilliseconds: 1,
  refractoryMilliseconds: 5,
} as const;

/** Channel c makes relay neuron c fire; each spike of relay 0 reaches a listener after a delay. */
function relayed(delayMilliseconds: number): SimulationConfiguration {
  return configurationOf({
    populations: [
      { name: 'relays', neurons: 4, ...relay },
      { name: 'listener', neurons: 1, ...relay },
    ],
    projections: [
      {
        name: 'line',
        from: 'relays',
        to: 'listener',
        connections: { kind: 'random', probability: 1 },
        weightMillivolts: 100,
        weightSpreadFraction: 0,
        delayMilliseconds,
      },
    ],
    inputs: [{ to: 'relays', neuronsPerElectrode: 1, weightMillivolts: 100 }],
  });
}

/** Ticks in which each neuron fires after a spike on channel 0 in tick 0. */
function firingTicks(configuration: SimulationConfiguration, ticks: number): [tick: number, neuron: number][] {
  const backend = new TypescriptBackend(compileNetwork(configuration));
  return Array.from({ length: ticks }, (_, tick) => tick).flatMap((tick) =>
    [...backend.step(Uint16Array.of(0), tick === 0 ? 1 : 0)].map((neuron): [number, number] => [tick, neuron]),
  );
}

describe('the TypeScript back end', () => {
  it.each([1, 2, 7, 20, 100])('carries a spike over a delay of %d ms exactly', (delay) => {
    const configuration = relayed(delay);
    configuration.network.stepMilliseconds = 1;
    // Fired at the end of tick 0, arrived `delay` later, and the listener fires at the end of the step after that.
    expect(firingTicks(configuration, 130)).toEqual([
      [0, 0],
      [delay + 1, 4],
    ]);
  });

  it('carries a spike over a delay that is not a whole number of ticks exactly', () => {
    // Fired at 0.5 ms, arrived at 3 ms, the listener fires at 3.5 ms; a step earlier would be in tick 2.
    expect(firingTicks(relayed(2.5), 10)).toEqual([
      [0, 0],
      [3, 4],
    ]);
  });

  it('drives n neurons per electrode, beginning anew at the end of the population', () => {
    const configuration = configurationOf({
      populations: [{ name: 'relays', neurons: 5, ...relay }],
      inputs: [{ to: 'relays', neuronsPerElectrode: 3, weightMillivolts: 100 }],
    });
    const neuronsOf = (channel: number) => [
      ...new TypescriptBackend(compileNetwork(configuration)).step(Uint16Array.of(channel), 1),
    ];
    expect(neuronsOf(0)).toEqual([0, 1, 2]);
    expect(neuronsOf(1)).toEqual([0, 3, 4]);
    expect(neuronsOf(2)).toEqual([1, 2, 3]);
  });

  it('adds up several spikes of one electrode in a tick', () => {
    const configuration = configurationOf({
      populations: [{ name: 'relays', neurons: 1, ...relay }],
      inputs: [{ to: 'relays', neuronsPerElectrode: 1, weightMillivolts: 18 }],
    });
    const spikesAfter = (count: number) =>
      new TypescriptBackend(compileNetwork(configuration)).step(Uint16Array.of(0, 0), count).length;
    expect(spikesAfter(1)).toBe(0);
    expect(spikesAfter(2)).toBe(1);
  });

  it('takes a channel that the source does not have for a defect', () => {
    expect(() => new TypescriptBackend(compileNetwork(relayed(1))).step(Uint16Array.of(16), 1)).toThrow(Defect);
  });

  it('counts the conduction delay as axonal: learning pairs the arrival, not the sender’s spike, with the receiver’s', () => {
    const pair = (delayMilliseconds: number) =>
      configurationOf({
        populations: [{ name: 'pair', neurons: 2, ...relay }],
        projections: [
          {
            name: 'synapses',
            from: 'pair',
            to: 'pair',
            connections: { kind: 'random', probability: 1 },
            weightMillivolts: 0.5,
            weightSpreadFraction: 0,
            delayMilliseconds,
            plasticity: { rule: 'pair-stdp', maximumWeightMillivolts: 10 },
          },
        ],
        inputs: [{ to: 'pair', neuronsPerElectrode: 1, weightMillivolts: 100 }],
      });
    // Neuron 0 fires in tick 0, neuron 1 in tick 8.
    const weightsAfter = (delay: number) => {
      const backend = new TypescriptBackend(compileNetwork(pair(delay)));
      for (let tick = 0; tick < 30; tick++)
        backend.step(Uint16Array.of(tick === 0 ? 0 : 1), tick === 0 || tick === 8 ? 1 : 0);
      return backend.plasticWeights();
    };
    const [forward, backward] = weightsAfter(3);
    expect(forward).toBeCloseTo(0.5 + 0.01 * Math.exp(-5 / 20), 4);
    expect(backward).toBeCloseTo(0.5 - 0.0105 * Math.exp(-11 / 20), 4);
    expect(weightsAfter(12)[0]).toBeCloseTo(0.5 - 0.0105 * Math.exp(-4 / 20), 4);
  });

  const plastic = configurationOf({
    populations: [{ name: 'all', neurons: 60, model: 'lif', biasMillivolts: 18, noiseMillivolts: 5 }],
    projections: [
      { name: 'fixed', from: 'all', to: 'all', connections: { kind: 'random', probability: 0.1 }, weightMillivolts: 1 },
      {
        name: 'learning',
        from: 'all',
        to: 'all',
        connections: { kind: 'random', probability: 0.2 },
        weightMillivolts: 1,
        plasticity: { rule: 'pair-stdp', potentiationFraction: 0.01, maximumWeightMillivolts: 10 },
      },
    ],
  });

  it('reports the mean of the weights that it hands out, and neither counts fixed ones', () => {
    const network = compileNetwork(plastic);
    const backend = new TypescriptBackend(network);
    for (let tick = 0; tick < 300; tick++) backend.step(noInput, 0);
    const weights = backend.plasticWeights();
    expect(weights.length).toBe(network.projections[1]!.targets.length);
    expect(backend.meanPlasticWeightMillivolts()).toBeCloseTo(
      weights.reduce((sum, weight) => sum + weight, 0) / weights.length,
      5,
    );
    expect(backend.meanPlasticWeightMillivolts()).not.toBeCloseTo(1, 2);
  });
});
