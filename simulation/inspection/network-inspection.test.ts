import { describe, expect, it } from 'vitest';
import { Defect } from '../../common/base/assert.ts';
import { potentialsSampled, synapsesSampledMax } from '../../common/simulation-protocol/sample-message.ts';
import { TypescriptBackend } from '../backend/typescript/typescript-backend.ts';
import { configurationOf } from '../example-configuration.ts';
import { compileNetwork } from '../network/compile-network.ts';
import { describeNetwork } from './describe-network.ts';
import { NetworkInspection } from './network-inspection.ts';

const everyPair = { kind: 'random', probability: 1 } as const;
const configuration = configurationOf({
  populations: [
    { name: 'noise', neurons: 40, model: 'poisson', rateHz: 400 },
    { name: 'cells', neurons: 200, model: 'lif', restMillivolts: -68, biasMillivolts: 14 },
    { name: 'few', neurons: 3, model: 'lif-conductance' },
  ],
  projections: [
    {
      name: 'learning',
      from: 'noise',
      to: 'cells',
      connections: everyPair,
      weightMillivolts: 0.2,
      delayMilliseconds: 3,
      delaySpreadMilliseconds: 1,
      plasticity: { rule: 'pair-stdp', maximumWeightMillivolts: 2 },
    },
    { name: 'fixed', from: 'cells', to: 'cells', connections: everyPair, weightMillivolts: -0.01 },
    { name: 'nobody', from: 'cells', to: 'few', connections: { kind: 'random', probability: 0 }, weightNanosiemens: 1 },
  ],
  inputs: [{ to: 'cells', neuronsPerElectrode: 1, weightMillivolts: 0 }],
});

function inspect(ticks: number) {
  const network = compileNetwork(configuration);
  const backend = new TypescriptBackend(network);
  const inspection = new NetworkInspection(configuration.network, network);
  for (let tick = 0; tick < ticks; tick++) backend.step(new Uint16Array(0), 0);
  return { network, backend, inspection };
}
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);

describe('a look into a network', () => {
  it('shows potentials in mV of neurons that are spread over each population, and none where there are none', () => {
    const { inspection, backend } = inspect(60);
    const [noise, cells, few] = inspection.sample(backend, 60, undefined).potentialsMillivolts;
    expect([noise!.length, cells!.length, few!.length]).toEqual([0, potentialsSampled, 3]);
    const state = backend.state().arrays['population/1/state/0']!;
    const all = new Set([...state].map((value) => -68 + value / 0x10000));
    for (const potential of cells!) expect(all.has(potential)).toBe(true);
    // Charged towards the bias for three time constants.
    expect(sumOf(cells!) / cells!.length).toBeGreaterThan(-65);
    expect(few).toEqual([-70, -70, -70]);
  });

  it('counts the weights of at most so many synapses, of all delays together', () => {
    const { inspection, network, backend } = inspect(400);
    const parts = network.projections.filter(({ name }) => name === 'learning');
    expect(parts.length).toBeGreaterThan(3);
    const { sampled } = inspection.sample(backend, 400, 0).weights!;
    expect(sumOf(sampled.counts)).toBe(synapsesSampledMax);
    expect(sumOf(sampled.initialCounts)).toBe(synapsesSampledMax);
    const all = backend.plasticWeights();
    expect(sampled.mean).toBeCloseTo(sumOf([...all]) / all.length, 2);
    expect(sampled.mean).not.toBeCloseTo(0.2, 2);
    expect(sampled.lowest).toBeGreaterThanOrEqual(Math.min(...all));
    expect(sampled.highest).toBeLessThanOrEqual(Math.max(...all));
  });

  it('keeps its bins wide enough for every weight that was seen, so that the picture does not jump', () => {
    const { inspection, backend } = inspect(0);
    let [from, to] = [Infinity, -Infinity];
    for (let round = 0; round < 20; round++) {
      for (let tick = 0; tick < 20; tick++) backend.step(new Uint16Array(0), 0);
      const { sampled } = inspection.sample(backend, 0, 0).weights!;
      if (round > 0) expect([sampled.from <= from, sampled.to >= to]).toEqual([true, true]);
      [from, to] = [sampled.from, sampled.to];
      expect([sampled.lowest >= from, sampled.highest <= to]).toEqual([true, true]);
    }
  });

  it('changes nothing of what the network does', () => {
    const [watched, alone] = [inspect(0), inspect(0)];
    for (let tick = 0; tick < 100; tick++) {
      expect([...watched.backend.step(new Uint16Array(0), 0)]).toEqual([...alone.backend.step(new Uint16Array(0), 0)]);
      watched.inspection.sample(watched.backend, tick, 0);
    }
    expect(watched.backend.state()).toEqual(alone.backend.state());
  });

  it('is not given of weights that stay as they are', () => {
    const { inspection, backend } = inspect(0);
    expect(() => inspection.sample(backend, 0, 1)).toThrow(Defect);
  });
});

describe('what is said of a network', () => {
  const { network, inspection } = inspect(0);
  const said = describeNetwork(configuration.network, network, inspection.projections);

  it('names populations with their models and potentials', () => {
    expect(said.populations).toMatchObject([
      { name: 'noise', model: 'poisson', firstNeuron: 0, neurons: 40 },
      { name: 'cells', model: 'lif', firstNeuron: 40, restMillivolts: -68, thresholdMillivolts: -50 },
      { name: 'few', model: 'lif-conductance', firstNeuron: 240, restMillivolts: -70 },
    ]);
    expect(said.populations[0]).not.toHaveProperty('restMillivolts');
  });

  it('puts the parts of a projection together and says how it learns', () => {
    const [learning, fixed, nobody] = said.projections;
    expect(learning).toMatchObject({
      name: 'learning',
      from: 0,
      to: 1,
      synapses: 8000,
      effect: 'excitatory',
      unit: 'mV',
    });
    expect(learning!.learning).toEqual({ rule: 'pair-stdp', lowest: 0, highest: 2 });
    expect(learning!.delayMilliseconds.shortest).toBeLessThan(2);
    expect(learning!.delayMilliseconds.longest).toBeGreaterThan(4);
    expect(fixed).toMatchObject({
      effect: 'inhibitory',
      synapses: 39_800,
      delayMilliseconds: { shortest: 1, longest: 1 },
    });
    expect(fixed).not.toHaveProperty('learning');
    expect(fixed!.initialWeights.mean).toBeCloseTo(-0.01, 3);
    expect(nobody).toMatchObject({ synapses: 0, unit: 'nS' });
    expect([said.synapses, said.plasticSynapses]).toEqual([47_800, 8000]);
  });
});
