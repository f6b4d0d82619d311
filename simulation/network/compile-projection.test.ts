import { describe, expect, it } from 'vitest';
import { configurationOf } from '../example-configuration.ts';
import { compileNetwork } from './compile-network.ts';
import type { CompiledProjection } from './compiled-network.ts';

type Parts = Parameters<typeof configurationOf>[0];
type Projection = NonNullable<Parts['projections']>[number];

const sheet = { widthMicrometres: 1000, heightMicrometres: 1000 };

function compiled(projection: Omit<Projection, 'name' | 'from' | 'to'>, model: 'lif' | 'lif-conductance' = 'lif') {
  const population = { name: 'all', neurons: 100, model, sheet, inhibitorySynapticTimeConstantMilliseconds: 8 };
  const unit = model === 'lif' ? { weightMillivolts: 0 } : { weightNanosiemens: 0 };
  return compileNetwork(
    configurationOf({
      stepMilliseconds: 0.1,
      populations: [population],
      projections: [{ name: 'p', from: 'all', to: 'all', ...projection }],
      inputs: [{ to: 'all', neuronsPerElectrode: 1, ...unit }],
    }),
  );
}

const statistics = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
};
const dense = { kind: 'random', probability: 1 } as const;

/** Delay of each synapse in steps, sender by sender. */
const delaysOf = (parts: readonly CompiledProjection[]) =>
  parts.flatMap(({ targets, delaySteps }) => Array.from(targets, () => delaySteps));

describe('delays', () => {
  it('of one length make one projection, and of many lengths one for each, with all synapses', () => {
    const one = compiled({ connections: dense, weightMillivolts: 1, delayMilliseconds: 2 });
    expect(one.projections.map(({ delaySteps }) => delaySteps)).toEqual([20]);
    const parts = compiled({
      connections: dense,
      weightMillivolts: 1,
      delayMilliseconds: 2,
      delaySpreadMilliseconds: 0.5,
    }).projections;
    const { mean, deviation } = statistics(delaysOf(parts));
    expect(delaysOf(parts).length).toBe(9900);
    expect(Math.abs(mean - 20)).toBeLessThan(0.3);
    expect(Math.abs(deviation - 5)).toBeLessThan(0.3);
    expect(parts.map(({ delaySteps }) => delaySteps)).toEqual([...new Set(delaysOf(parts))].sort((a, b) => a - b));
    const pairs = new Set(
      parts.flatMap(({ rowStart, targets }) =>
        Array.from({ length: 100 }, (_, sender) =>
          Array.from(targets.subarray(rowStart[sender], rowStart[sender + 1]), (target) => `${sender}-${target}`),
        ).flat(),
      ),
    );
    expect(pairs.size).toBe(9900);
  });

  it('are never shorter than a step', () => {
    const { projections } = compiled({
      connections: dense,
      weightMillivolts: 1,
      delayMilliseconds: 0.2,
      delaySpreadMilliseconds: 1,
    });
    expect(Math.min(...projections.map(({ delaySteps }) => delaySteps))).toBe(1);
  });

  it('grow with distance where they are told to', () => {
    const { projections } = compiled({
      connections: { kind: 'list', synapses: [] },
      weightMillivolts: 1,
    });
    expect(projections).toHaveLength(0);
    const far = compiled({
      connections: dense,
      weightMillivolts: 1,
      delayMilliseconds: 1,
      delayMillisecondsPerMillimetre: 3,
    });
    // Neighbours are 0.1 mm apart: 1.3 ms; the diagonal is 0.9 √2 mm: 4.8 ms.
    expect(far.projections[0]!.delaySteps).toBe(13);
    expect(far.projections.at(-1)!.delaySteps).toBe(48);
  });
});

describe('weights', () => {
  it.each(['normal', 'lognormal', 'uniform'] as const)(
    'have the mean and the spread asked for: %s',
    (weightDistribution) => {
      const { projections, populations } = compiled({
        connections: dense,
        weightMillivolts: 2,
        weightSpreadFraction: 0.3,
        weightDistribution,
      });
      const weights = Array.from(projections[0]!.weights, (weight) => weight / populations[0]!.neurons.weightUnit);
      const { mean, deviation } = statistics(weights);
      expect(Math.abs(mean - 2)).toBeLessThan(0.03);
      expect(Math.abs(deviation - 0.6)).toBeLessThan(0.03);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    },
  );

  it('lie on the receptor of their sign, or on the one that is named', () => {
    const receptorOf = (projection: Partial<Projection>, model?: 'lif-conductance') =>
      compiled({ connections: dense, ...projection }, model).projections[0]!.receptor;
    expect(receptorOf({ weightMillivolts: 1 })).toBe(0);
    expect(receptorOf({ weightMillivolts: -1 })).toBe(1);
    expect(receptorOf({ weightMillivolts: -1, receptor: 'excitatory' })).toBe(0);
    expect(receptorOf({ weightNanosiemens: 1 }, 'lif-conductance')).toBe(0);
    expect(receptorOf({ weightNanosiemens: 1, receptor: 'inhibitory' }, 'lif-conductance')).toBe(1);
  });

  it('of a list are what it says, and so are its delays', () => {
    const { projections, populations } = compiled({
      connections: {
        kind: 'list',
        synapses: [
          { sender: 5, receiver: 7, weightFactor: 3 },
          { sender: 5, receiver: 2, delayMilliseconds: 4 },
        ],
      },
      weightMillivolts: 0.5,
      weightSpreadFraction: 1,
      delayMilliseconds: 1,
    });
    const unit = populations[0]!.neurons.weightUnit;
    expect(
      projections.map(({ delaySteps, targets, weights }) => [delaySteps, [...targets], weights[0]! / unit]),
    ).toEqual([
      [10, [7], 1.5],
      [40, [2], 0.5],
    ]);
  });

  it('that no whole number holds are refused', () => {
    expect(() =>
      compiled({ connections: { kind: 'one-to-one' }, weightNanosiemens: 1000 }, 'lif-conductance'),
    ).not.toThrow();
    const tiny = configurationOf({
      populations: [
        {
          name: 'all',
          neurons: 2,
          model: 'lif-conductance',
          leakNanosiemens: 0.1,
          membraneTimeConstantMilliseconds: 1,
        },
      ],
      projections: [{ name: 'p', from: 'all', to: 'all', connections: dense, weightNanosiemens: 1000 }],
      inputs: [{ to: 'all', neuronsPerElectrode: 1, weightNanosiemens: 0 }],
    });
    expect(() => compileNetwork(tiny)).toThrow('times as large as any that fits');
  });
});

describe('a network that does not fit into memory', () => {
  it('is refused with what it needs and what would fit', () => {
    const configuration = configurationOf({
      populations: [{ name: 'all', neurons: 10_000, model: 'lif' }],
      projections: [
        { name: 'p', from: 'all', to: 'all', connections: { kind: 'random', probability: 0.1 }, weightMillivolts: 1 },
      ],
    });
    expect(() => compileNetwork(configuration, 100_000_000)).toThrow(
      "With projection 'p' the network has about 9999000 synapses and needs 0.18 GB, but this computer has 0.10 GB free; 5333333 synapses of this projection would fit.",
    );
  });
});
