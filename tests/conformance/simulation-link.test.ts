// The rig's link and the simulation's service, joined by a real socket in one process.
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../common/base/clock.ts';
import { type Disposable, DisposableStore } from '../../common/base/disposable.ts';
import { fromEnvironment } from '../../common/simulation-protocol/environment.ts';
import type { SimulationFault } from '../../common/simulation-protocol/fault.ts';
import type { NetworkSample } from '../../common/simulation-protocol/sample-message.ts';
import type { SimulationResult, StimulusRequest } from '../../common/simulation-protocol/result.ts';
import { openSimulationLink, type SimulationLink } from '../../main/rig/simulation-link/simulation-link.ts';
import { createSimulation } from '../../simulation/create-simulation.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { serveRig } from '../../simulation/serve-rig.ts';

const configuration = configurationOf(
  {
    populations: [{ name: 'all', neurons: 50, model: 'lif', biasMillivolts: 17, noiseMillivolts: 5 }],
    projections: [
      {
        name: 'recurrent',
        from: 'all',
        to: 'all',
        connections: { kind: 'random', probability: 0.2 },
        weightMillivolts: 0.5,
        plasticity: { rule: 'pair-stdp', maximumWeightMillivolts: 10 },
      },
    ],
    inputs: [{ to: 'all', neuronsPerElectrode: 3, weightMillivolts: 10 }],
    readouts: [
      {
        name: 'out',
        from: 'all',
        firstNeuron: 0,
        neurons: 50,
        windowMilliseconds: 5,
        spikesToRequest: 3,
        holdOffMilliseconds: 20,
        stimulus: 'pulse',
      },
    ],
  },
  {
    stimuli: [
      {
        name: 'pulse',
        electrode: 2,
        amplitudeMicroamps: 10,
        phaseMicroseconds: 200,
        interphaseMicroseconds: 0,
        leadingPhase: 'cathodic',
      },
    ],
  },
);

interface Outcome {
  tick: number;
  spikes: number[];
  requests: StimulusRequest[];
  mean: number;
}

let owned = new DisposableStore();
afterEach(() => {
  owned.dispose();
  owned = new DisposableStore();
});

/** A rig and a simulation that are connected; `tick` resolves with the answer. */
async function join(create = createSimulation) {
  const faults: SimulationFault[] = [];
  let onResult = (_result: Readonly<SimulationResult>) => {};
  let onSample = (_sample: NetworkSample) => {};
  let onLinkClosed = () => {};
  let onServiceClosed = (_fault: SimulationFault | undefined) => {};
  const linkClosed = new Promise<void>((resolve) => (onLinkClosed = resolve));
  const serviceClosed = new Promise<SimulationFault | undefined>((resolve) => (onServiceClosed = resolve));
  const link = owned.add(
    await openSimulationLink({
      onResult: (result) => onResult(result),
      onSample: (sample) => onSample(sample),
      onFault: (fault) => faults.push(fault),
      onClosed: () => onLinkClosed(),
    }),
  );
  const service = owned.add(
    serveRig({
      ...fromEnvironment(link.environment)!,
      clock: new FakeClock(),
      create,
      onClosed: (fault) => onServiceClosed(fault),
    }),
  );
  const tick = (index: number, ticksToAdvance: number, channels: Uint16Array) =>
    new Promise<Outcome>((resolve) => {
      onResult = ({ tick, spikes, requests, meanPlasticWeightMillivolts: mean }) =>
        resolve({ tick, spikes: [...spikes], requests: [...requests], mean });
      link.sendTick(index, ticksToAdvance, channels, channels.length);
    });
  const sample = (projection: number | undefined) =>
    new Promise<NetworkSample>((resolve) => {
      onSample = resolve;
      link.requestSample(projection);
    });
  return { link, service, tick, sample, faults, linkClosed, serviceClosed } satisfies {
    link: SimulationLink;
    service: Disposable;
  } & Record<string, unknown>;
}

describe('link and simulation', () => {
  it('give the rig exactly what the simulation computes', async () => {
    const { link, tick } = await join();
    const alone = createSimulation(configuration);
    expect(await link.configure(configuration)).toEqual(alone.ready);
    let requests = 0;
    for (let index = 0; index < 200; index++) {
      const channels = Uint16Array.of(index % 16, (index * 5) % 16);
      const ticksToAdvance = 1 + (index % 3);
      const { spikes, requests: asked, meanPlasticWeightMillivolts: mean } = alone.tick(channels, 2, ticksToAdvance);
      const expected: Outcome = { tick: index, spikes: [...spikes], requests: [...asked], mean: Math.fround(mean) };
      expect(await tick(index, ticksToAdvance, channels)).toEqual(expected);
      requests += asked.length;
    }
    expect(requests).toBeGreaterThan(0);
    expect(await link.readWeights()).toEqual({ tick: 199, weights: alone.plasticWeights() });
  });

  it('give the rig a look at the network between ticks, which changes nothing', async () => {
    const { link, tick, sample } = await join();
    await link.configure(configuration);
    const alone = createSimulation(configuration);
    for (let index = 0; index < 30; index++) {
      const { spikes } = alone.tick(Uint16Array.of(3), 1);
      const expected = [...spikes];
      expect((await tick(index, 1, Uint16Array.of(3))).spikes).toEqual(expected);
      const { weights, potentialsMillivolts, ...seen } = alone.sample(index, 0);
      const sampled = await sample(0);
      expect(sampled.tick).toBe(seen.tick);
      expect(sampled.potentialsMillivolts).toEqual(potentialsMillivolts.map((each) => each.map(Math.fround)));
      expect(sampled.weights?.sampled.counts).toEqual(weights?.sampled.counts);
    }
    expect((await sample(undefined)).weights).toBeUndefined();
  });

  it('take a request for weights that do not learn for a fault of the protocol', async () => {
    const { link, linkClosed, faults } = await join();
    await link.configure(configuration);
    link.requestSample(1);
    await linkClosed;
    expect(faults.map(({ code }) => code)).toEqual(['protocol']);
  });

  it('end together when the rig goes', async () => {
    const { link, serviceClosed } = await join();
    await link.configure(configuration);
    link.dispose();
    expect(await serviceClosed).toBeUndefined();
  });

  it('end together when the simulation goes', async () => {
    const { link, service, linkClosed, faults } = await join();
    await link.configure(configuration);
    service.dispose();
    await linkClosed;
    expect(faults).toEqual([]);
  });

  it('report a potential that has left its range, and end', async () => {
    const { link, linkClosed, serviceClosed, faults } = await join();
    await link.configure(configuration);
    // 1,000 spikes of an electrode at once, 10 mV each.
    link.sendTick(0, 1, new Uint16Array(1000), 1000);
    await linkClosed;
    expect(faults.map(({ code }) => code)).toEqual(['saturated']);
    expect((await serviceClosed)?.code).toBe('saturated');
  });

  it('report a network that is too large as the answer to its configuration', async () => {
    const { link, serviceClosed } = await join();
    const tooLarge = structuredClone(configuration);
    tooLarge.network.populations[0]!.neurons = 1_000_000;
    await expect(link.configure(tooLarge)).rejects.toMatchObject({ code: 'network-too-large' });
    await serviceClosed;
  });

  it('report a mistake of the program as a defect', async () => {
    const { link, linkClosed, serviceClosed, faults } = await join();
    await link.configure(configuration);
    link.sendTick(0, 1, Uint16Array.of(999), 1);
    await linkClosed;
    await serviceClosed;
    expect(faults.map(({ code, text }) => [code, text.includes('channel 999 of 16')])).toEqual([['defect', true]]);
  });

  it('refuse a configuration that is not one', async () => {
    const { link, serviceClosed } = await join();
    await expect(link.configure({ ...configuration, seed: -1 })).rejects.toMatchObject({ code: 'protocol' });
    await serviceClosed;
  });
});
