import { describe, expect, it } from 'vitest';
import { Defect } from '../../common/base/assert.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import { configurationOf } from '../example-configuration.ts';
import { toQ16 } from '../kernel/share-of.ts';
import { compileNetwork } from './compile-network.ts';

const pairStdpDefaults = {
  rule: 'pair-stdp',
  potentiationTimeConstantMilliseconds: 20,
  depressionTimeConstantMilliseconds: 20,
  potentiationFraction: 0.005,
  depressionFraction: 0.005,
} as const;

const big = configurationOf({
  populations: [
    { name: 'exc', neurons: 400, model: 'lif' },
    { name: 'inh', neurons: 100, model: 'lif' },
  ],
  projections: [
    {
      name: 'exc-exc',
      from: 'exc',
      to: 'exc',
      connections: { kind: 'random', probability: 0.1 },
      weightMillivolts: 2,
      weightSpreadFraction: 0.2,
      delayMilliseconds: 3,
    },
    {
      name: 'inh-exc',
      from: 'inh',
      to: 'exc',
      connections: { kind: 'random', probability: 0.3 },
      weightMillivolts: -1,
      weightSpreadFraction: 1,
    },
  ],
});

describe('a compiled network', () => {
  const network = compileNetwork(big);
  const [recurrent, inhibitory] = network.projections;

  it('numbers its neurons through the populations', () => {
    expect(network.neurons).toBe(500);
    expect(network.populations.map(({ firstNeuron }) => firstNeuron)).toEqual([0, 400]);
  });

  it('connects each pair with the given probability', () => {
    // 400 × 399 pairs at 0.1: 15,960 expected, standard deviation 120; 100 × 400 at 0.3: 12,000 and 92.
    expect(Math.abs(recurrent!.targets.length - 15_960)).toBeLessThan(4 * 120);
    expect(Math.abs(inhibitory!.targets.length - 12_000)).toBeLessThan(4 * 92);
    const perTarget = new Float64Array(400);
    for (const target of recurrent!.targets) perTarget[target]!++;
    const variance = perTarget.reduce((sum, count) => sum + (count - 39.9) ** 2, 0) / 400;
    // Binomial: 399 × 0.1 × 0.9 = 35.9, with a relative standard error of √(2 / 400) = 7 %.
    expect(Math.abs(variance / 35.9 - 1)).toBeLessThan(0.28);
  });

  it('lists targets in ascending order, each once, and never the sender itself', () => {
    for (let sender = 0; sender < 400; sender++) {
      const row = recurrent!.targets.subarray(recurrent!.rowStart[sender], recurrent!.rowStart[sender + 1]);
      expect(row.every((target, index) => target < 400 && (index === 0 || target > row[index - 1]!))).toBe(true);
      expect(row.includes(sender)).toBe(false);
    }
    expect(recurrent!.rowStart[400]).toBe(recurrent!.targets.length);
  });

  it('spreads its weights as asked and never across zero', () => {
    const weights = Float64Array.from(recurrent!.weights, (weight) => weight / toQ16(1));
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    const deviation = Math.sqrt(weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / weights.length);
    expect(mean).toBeCloseTo(2, 1);
    expect(deviation).toBeCloseTo(0.4, 1);
    expect(inhibitory!.weights.every((weight) => weight <= 0)).toBe(true);
  });

  it('brings the weights of a plastic projection inside the bounds of its rule', () => {
    const plastic = structuredClone(big);
    for (const each of plastic.network.projections)
      each.plasticity = { ...pairStdpDefaults, maximumWeightMillivolts: 2 };
    const [strong, negative] = compileNetwork(plastic).projections;
    const largest = 2 * strong!.weightUnit;
    expect(Math.max(...strong!.weights)).toBe(largest);
    expect(Math.min(...strong!.weights)).toBeLessThan(largest);
    // Of inhibitory weights the sizes learn.
    expect(Math.max(...negative!.weights)).toBeLessThanOrEqual(-2 * negative!.weightUnit);
    expect(Math.max(...negative!.weights)).toBeGreaterThan(0);
  });

  it('turns delays into steps', () => {
    expect(recurrent!.delaySteps).toBe(6);
    expect(network.stepsPerTick).toBe(2);
  });

  it('is the same for the same seed and another one for another seed', () => {
    expect(compileNetwork(big)).toEqual(network);
    const other = compileNetwork({ ...big, seed: big.seed + 1 }).projections[0]!;
    expect(other.targets).not.toEqual(recurrent!.targets);
  });

  it('keeps its connections when only the weights change', () => {
    const changed = structuredClone(big);
    changed.network.projections[0]!.weightSpreadFraction = 0;
    const { targets, weights } = compileNetwork(changed).projections[0]!;
    expect(targets).toEqual(recurrent!.targets);
    expect(new Set(weights)).toEqual(new Set([toQ16(2)]));
  });
});

describe('compiling', () => {
  it('connects nothing with probability 0 and everybody else with probability 1', () => {
    const network = compileNetwork(
      configurationOf({
        populations: [{ name: 'all', neurons: 7, model: 'lif' }],
        projections: [
          {
            name: 'none',
            from: 'all',
            to: 'all',
            connections: { kind: 'random', probability: 0 },
            weightMillivolts: 1,
          },
          {
            name: 'full',
            from: 'all',
            to: 'all',
            connections: { kind: 'random', probability: 1 },
            weightMillivolts: 1,
          },
        ],
      }),
    );
    expect(network.projections.map(({ targets }) => targets.length)).toEqual([0, 42]);
  });

  it('refuses a network that would not fit into memory before building it', () => {
    const tooLarge = configurationOf({
      populations: [{ name: 'all', neurons: 1_000_000, model: 'lif' }],
      projections: [
        {
          name: 'dense',
          from: 'all',
          to: 'all',
          connections: { kind: 'random', probability: 0.5 },
          weightMillivolts: 1,
        },
      ],
    });
    expect(() => compileNetwork(tooLarge)).toThrow(SimulationFaultError);
    expect(() => compileNetwork(tooLarge)).toThrow("projection 'dense'");
  });

  it('refuses synapses that could take a neuron out of the range of its whole numbers by one step', () => {
    const strong = (weightMillivolts: number) =>
      configurationOf({
        populations: [{ name: 'all', neurons: 201, model: 'lif' }],
        projections: [
          {
            name: 'dense',
            from: 'all',
            to: 'all',
            connections: { kind: 'random', probability: 1 },
            weightMillivolts,
            weightSpreadFraction: 0,
          },
        ],
      });
    expect(() => compileNetwork(strong(-81.9))).not.toThrow();
    expect(() => compileNetwork(strong(-82))).toThrow(
      "The synapses of neuron 0 of population 'all' add up to 16400 mV; at most 16384 mV fit.",
    );
    const plastic = strong(1);
    Object.assign(plastic.network.projections[0]!, {
      plasticity: { ...pairStdpDefaults, maximumWeightMillivolts: 82 },
    });
    expect(() => compileNetwork(plastic)).toThrow(SimulationFaultError);
  });

  it('takes a step that does not divide the tick for a defect of the check before', () => {
    expect(() => compileNetwork(configurationOf({ stepMilliseconds: 0.3 }))).toThrow(Defect);
  });
});
