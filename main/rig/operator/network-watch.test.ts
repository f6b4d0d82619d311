import { describe, expect, it } from 'vitest';
import type { NetworkModel } from '../../../common/experiment/network-model.ts';
import type { SimulationReady } from '../../../common/simulation-protocol/configuration.ts';
import type { SampledWeights } from '../../../common/simulation-protocol/sample-message.ts';
import { NetworkWatch } from './network-watch.ts';

const weights = { lowest: 0, highest: 1, mean: 0.5, from: 0, to: 1, counts: [1, 1] };
const learning = { rule: 'pair-stdp', lowest: 0, highest: 1 };
const projection = (name: string, more: object = {}): SimulationReady['projections'][number] => ({
  name,
  from: 0,
  to: 1,
  effect: 'excitatory',
  synapses: 2,
  delayMilliseconds: { shortest: 1, longest: 1 },
  unit: 'mV',
  hasShortTermPlasticity: false,
  initialWeights: weights,
  ...more,
});
const population = (name: string, firstNeuron: number) => ({ name, firstNeuron, neurons: 10, model: 'lif' });
const populations = [population('in', 0), population('out', 10)];

function ready(projections: SimulationReady['projections']): SimulationReady {
  return { backend: 'native', neurons: 20, synapses: 4, plasticSynapses: 2, populations, projections };
}
const network = {
  populations,
  inputs: [{ to: 'in', neuronsPerElectrode: 3 }],
  readouts: [{ name: 'left', from: 'out', neurons: 5, stimulus: 'pulse' }],
  signals: [{ name: 'calm', kind: 'activity' }],
} as unknown as NetworkModel;

const sampled = (mean: number): SampledWeights => ({ ...weights, mean, initialCounts: [2, 0] });
const sample = (tick: number, part?: { projection: number; sampled: SampledWeights }) => ({
  tick,
  potentialsMillivolts: [[-61], []],
  weights: part,
  learning: { signals: [[0.25]], frozen: [1], held: [] },
});

/** Looks every millisecond for a while, and answers each request at once. @returns what was asked for, and when in ms. */
function watch(simulation: SimulationReady, milliseconds: number) {
  const asked: [ms: number, projection: number | undefined][] = [];
  const watched = new NetworkWatch(simulation, network, 16);
  for (let ms = 0; ms < milliseconds; ms++) {
    watched.ask(ms * 1e6, (part) => {
      asked.push([ms, part]);
      watched.take(sample(ms));
    });
  }
  return asked;
}

describe('the watch of a network', () => {
  it('asks for one projection that learns at a time, each five times a second', () => {
    const simulation = ready([projection('a', { learning }), projection('fixed'), projection('b', { learning })]);
    expect(watch(simulation, 400)).toEqual([
      [0, 0],
      [100, 2],
      [200, 0],
      [300, 2],
    ]);
  });

  it('asks twenty times a second at most, however many learn, and for potentials where none does', () => {
    const many = ready(Array.from({ length: 30 }, (_, index) => projection(`p${index}`, { learning })));
    expect(watch(many, 1000).length).toBe(20);
    expect(watch(ready([projection('fixed')]), 1000)).toEqual([0, 200, 400, 600, 800].map((ms) => [ms, undefined]));
  });

  it('does not ask again before the answer has come, and waits for nothing', () => {
    const watched = new NetworkWatch(ready([]), network, 16);
    let asked = 0;
    for (let second = 0; second < 10; second++) watched.ask(second * 1e9, () => asked++);
    expect(asked).toBe(1);
    watched.take(sample(5));
    watched.ask(20e9, () => asked++);
    expect(asked).toBe(2);
  });

  it('keeps the newest of each part and numbers who leads where', () => {
    const simulation = ready([projection('a', { learning }), projection('b', { learning })]);
    const watched = new NetworkWatch(simulation, network, 16);
    expect(watched.take(sample(1, { projection: 0, sampled: sampled(0.1) }))?.tick).toBe(1);
    // Two samples make a picture.
    expect(watched.take(sample(2, { projection: 1, sampled: sampled(0.2) }))).toBeUndefined();
    const picture = watched.take(sample(3, { projection: 0, sampled: sampled(0.3) }));
    expect(picture).toMatchObject({
      tick: 3,
      electrodes: 16,
      inputs: [{ to: 0, neuronsPerElectrode: 3 }],
      readouts: [{ name: 'left', from: 1, neurons: 5, stimulus: 'pulse' }],
      populations: [{ potentialsMillivolts: [-61] }, { potentialsMillivolts: [] }],
      projections: [{ isFrozen: false }, { isFrozen: true }],
      signals: [{ name: 'calm', kind: 'activity', values: [0.25], isHeld: false }],
    });
    expect(picture?.projections.map((each) => each.weights?.mean)).toEqual([0.3, 0.2]);
  });
});
