import { describe, expect, it } from 'vitest';
import { createSimulation } from './create-simulation.ts';
import { configurationOf } from './example-configuration.ts';

const configuration = configurationOf({
  populations: [
    { name: 'noise', neurons: 30, model: 'poisson', rateHz: 200 },
    { name: 'cells', neurons: 20, model: 'lif', biasMillivolts: 18 },
  ],
  projections: [
    {
      name: 'fixed',
      from: 'cells',
      to: 'cells',
      connections: { kind: 'random', probability: 0.1 },
      weightMillivolts: 0.1,
    },
    {
      name: 'rewarded',
      from: 'noise',
      to: 'cells',
      connections: { kind: 'random', probability: 1 },
      weightMillivolts: 1,
      plasticity: { rule: 'reward-stdp', maximumWeightMillivolts: 2, thirdFactors: { reward: { signal: 'rate' } } },
    },
    {
      name: 'inhibiting',
      from: 'noise',
      to: 'cells',
      connections: { kind: 'random', probability: 1 },
      weightMillivolts: -1,
      plasticity: { rule: 'vogels-istdp', maximumWeightMillivolts: 2, learningFraction: 0.01 },
    },
  ],
  inputs: [{ to: 'cells', neuronsPerElectrode: 1, weightMillivolts: 0 }],
  signals: [{ name: 'rate', kind: 'activity', source: { kind: 'population', population: 'cells' } }],
});
const [rewarded, inhibiting] = [1, 2];

function begin() {
  const simulation = createSimulation(configuration);
  const advance = (ticks: number) => {
    for (let tick = 0; tick < ticks; tick++) simulation.tick(new Uint16Array(0), 0);
  };
  const weights = () => [...simulation.plasticWeights()];
  return { simulation, advance, weights };
}

describe('what an operator does to learning', () => {
  it('freezes the synapses of one projection, and lets them learn again', () => {
    const { simulation, advance, weights } = begin();
    advance(50);
    expect(simulation.control({ kind: 'freeze', projection: rewarded, isFrozen: true })).toBe('');
    const before = weights();
    advance(50);
    const [ofRewarded, ofInhibiting] = [before.slice(0, 600), before.slice(600)];
    expect(weights().slice(0, 600)).toEqual(ofRewarded);
    expect(weights().slice(600)).not.toEqual(ofInhibiting);
    expect(simulation.sample(0, undefined).learning.frozen).toEqual([rewarded]);
    simulation.control({ kind: 'freeze', projection: rewarded, isFrozen: false });
    advance(50);
    expect(weights().slice(0, 600)).not.toEqual(ofRewarded);
  });

  it('brings the weights and variables of one projection back to their beginning', () => {
    const { simulation, advance, weights } = begin();
    const [began, changed] = [weights(), (advance(100), weights())];
    expect(simulation.control({ kind: 'reset', projection: rewarded })).toBe('');
    expect(weights()).toEqual([...began.slice(0, 600), ...changed.slice(600)]);
    const eligibility = simulation.sample(0, rewarded).learning.synapses!.variables;
    expect(eligibility).toEqual([{ symbol: 'e', lowest: 0, highest: 0, mean: 0 }]);
  });

  it('holds a signal at a value until it runs again', () => {
    const { simulation, advance } = begin();
    advance(50);
    expect(simulation.control({ kind: 'clamp', signal: 0, value: 0.25 })).toBe('');
    advance(1);
    expect(simulation.sample(0, undefined).learning).toMatchObject({ signals: [[0.25]], held: [0] });
    simulation.control({ kind: 'clamp', signal: 0, value: null });
    advance(1);
    expect(simulation.sample(0, undefined).learning.held).toEqual([]);
    expect(simulation.sample(0, undefined).learning.signals).not.toEqual([[0.25]]);
  });

  it('says why nothing was done', () => {
    const { simulation } = begin();
    expect(simulation.control({ kind: 'freeze', projection: 0, isFrozen: true })).toBe('projection 0 does not learn');
    expect(simulation.control({ kind: 'clamp', signal: 1, value: 0 })).toBe('there is no signal 1');
  });
});

it('inhibitory weights that learn are shown below 0, in order', () => {
  const { simulation, advance } = begin();
  advance(100);
  const { weights, learning } = simulation.sample(0, inhibiting);
  const { lowest, highest, mean, from, to, counts } = weights!.sampled;
  expect(from).toBeLessThanOrEqual(lowest);
  expect(lowest).toBeLessThan(mean);
  expect(mean).toBeLessThan(highest);
  expect(highest).toBeLessThanOrEqual(to);
  expect(highest).toBeLessThanOrEqual(0);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(600);
  for (const { before, now } of learning.synapses!.changed) expect([before < 0, now <= 0]).toEqual([true, true]);
});
