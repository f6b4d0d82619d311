import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TickOutcome } from '../common/simulation-protocol/result.ts';
import { createSimulation } from './create-simulation.ts';
import { configurationOf } from './example-configuration.ts';
import { fingerprint, writeStateFile } from './state/state-file.ts';

const configuration = configurationOf(
  {
    populations: [
      { name: 'exc', neurons: 80, model: 'lif', biasMillivolts: 16, noiseMillivolts: 5 },
      { name: 'out', neurons: 20, model: 'lif' },
    ],
    projections: [
      {
        name: 'recurrent',
        from: 'exc',
        to: 'exc',
        connections: { kind: 'random', probability: 0.2 },
        weightMillivolts: 0.5,
        plasticity: { rule: 'pair-stdp', maximumWeightMillivolts: 10 },
      },
      {
        name: 'to-out',
        from: 'exc',
        to: 'out',
        connections: { kind: 'random', probability: 0.5 },
        weightMillivolts: 3,
      },
    ],
    inputs: [{ to: 'exc', neuronsPerElectrode: 5, weightMillivolts: 15 }],
    readouts: [
      {
        name: 'quiet',
        from: 'out',
        firstNeuron: 0,
        neurons: 20,
        windowMilliseconds: 10,
        spikesToRequest: 1000,
        holdOffMilliseconds: 50,
        stimulus: 'strong',
      },
      {
        name: 'busy',
        from: 'out',
        firstNeuron: 10,
        neurons: 10,
        windowMilliseconds: 10,
        spikesToRequest: 2,
        holdOffMilliseconds: 50,
        stimulus: 'weak',
      },
    ],
  },
  {
    stimuli: [
      {
        name: 'strong',
        electrode: 3,
        amplitudeMicroamps: 20,
        phaseMicroseconds: 200,
        interphaseMicroseconds: 0,
        leadingPhase: 'cathodic',
      },
      {
        name: 'weak',
        electrode: 7,
        amplitudeMicroamps: 2.3456,
        phaseMicroseconds: 100,
        interphaseMicroseconds: 30,
        leadingPhase: 'anodic',
      },
    ],
  },
);

const channelsOf = (tick: number) => Uint16Array.from({ length: tick % 5 }, (_, index) => (tick + 3 * index) % 16);

/** The outcome, copied from the simulation's own object. */
function copyOf(outcome: Readonly<TickOutcome>): TickOutcome {
  return { ...outcome, spikes: outcome.spikes.slice(), requests: [...outcome.requests] };
}

describe('a simulation', () => {
  it('describes what it built', () => {
    const { ready } = createSimulation(configuration);
    expect(ready).toMatchObject({
      backend: 'typescript',
      neurons: 100,
      populations: [
        { name: 'exc', firstNeuron: 0, neurons: 80 },
        { name: 'out', firstNeuron: 80, neurons: 20 },
      ],
    });
    expect(ready.plasticSynapses).toBeGreaterThan(0);
    expect(ready.synapses).toBeGreaterThan(ready.plasticSynapses);
    expect(createSimulation(configuration).plasticWeights().length).toBe(ready.plasticSynapses);
  });

  it('asks for the stimulus of its readout with all its physical parameters, in integers', () => {
    const simulation = createSimulation(configuration);
    const ticks = Array.from({ length: 500 }, (_, tick) => copyOf(simulation.tick(channelsOf(tick), tick % 5)));
    const asking = ticks.flatMap(({ requests }, tick) => requests.map((request) => ({ tick, request })));
    expect(asking.length).toBeGreaterThan(1);
    for (const { request } of asking) {
      expect(request).toEqual({
        readout: 1,
        electrode: 7,
        amplitudeNanoamps: 2346,
        phaseMicroseconds: 100,
        interphaseMicroseconds: 30,
        leadingPhase: 'anodic',
      });
    }
    for (const [index, { tick }] of asking.slice(1).entries())
      expect(tick - asking[index]!.tick).toBeGreaterThanOrEqual(50);
  });

  it('catches up several ticks as one with all the input and the others without any', () => {
    const atOnce = createSimulation(configuration);
    const oneByOne = createSimulation(configuration);
    for (let round = 0; round < 60; round++) {
      const ticks = 1 + (round % 4);
      const channels = channelsOf(round);
      const expected = Array.from({ length: ticks }, (_, tick) =>
        copyOf(oneByOne.tick(channels, tick === 0 ? channels.length : 0)),
      );
      const outcome = copyOf(atOnce.tick(channels, channels.length, ticks));
      expect([...outcome.spikes]).toEqual(expected.flatMap(({ spikes }) => [...spikes]));
      expect(outcome.requests).toEqual(expected.flatMap(({ requests }) => requests));
      expect(outcome.meanPlasticWeightMillivolts).toBe(expected.at(-1)!.meanPlasticWeightMillivolts);
    }
  });

  it('goes on from a saved state as if it had never stopped: the same spikes, requests and weights', () => {
    const folder = mkdtempSync(join(tmpdir(), 'exocortex-simulation-'));
    try {
      const whole = createSimulation(configuration);
      for (let tick = 0; tick < 137; tick++) whole.tick(channelsOf(tick), tick % 5);
      const startFrom = join(folder, 'a.state');
      const { sha256 } = writeStateFile(startFrom, fingerprint(configuration), whole.state());
      const copy = createSimulation({ ...configuration, startFrom });
      expect(copy.ready.startedFrom).toEqual({ step: 274, sha256 });
      let requests = 0;
      for (let tick = 137; tick < 500; tick++) {
        const expected = copyOf(whole.tick(channelsOf(tick), tick % 5));
        expect(copyOf(copy.tick(channelsOf(tick), tick % 5))).toEqual(expected);
        requests += expected.requests.length;
      }
      expect(requests).toBeGreaterThan(0);
      expect(copy.state()).toEqual(whole.state());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('counts the spikes of the readout’s own neurons, numbered within their population', () => {
    const single = structuredClone(configuration);
    single.network.readouts = [
      {
        ...single.network.readouts[1]!,
        firstNeuron: 4,
        neurons: 1,
        windowMilliseconds: 1,
        spikesToRequest: 1,
        holdOffMilliseconds: 1,
      },
    ];
    const simulation = createSimulation(single);
    let asking = 0;
    for (let tick = 0; tick < 500; tick++) {
      const { spikes, requests } = simulation.tick(channelsOf(tick), tick % 5);
      expect(requests.length).toBe(spikes.includes(84) ? 1 : 0);
      asking += requests.length;
    }
    expect(asking).toBeGreaterThan(0);
  });

  it('rounds the window and the pause of a readout up to whole ticks', () => {
    const slow = structuredClone(configuration);
    slow.tickMilliseconds = 4;
    slow.network.readouts = [
      { ...slow.network.readouts[1]!, spikesToRequest: 1, windowMilliseconds: 9, holdOffMilliseconds: 9 },
    ];
    const simulation = createSimulation(slow);
    const asking = Array.from({ length: 400 }, (_, tick) => tick).filter(
      () => simulation.tick(channelsOf(4), 4).requests.length > 0,
    );
    const pauses = asking.slice(1).map((tick, index) => tick - asking[index]!);
    expect(Math.min(...pauses)).toBe(3);
  });
});
