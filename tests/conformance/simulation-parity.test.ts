// Any network is the same on every back end, spike by spike and weight by weight.
import { arch, env, platform } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadNative } from '../../native/load-native.ts';
import { root } from '../../scripts/paths.mjs';
import type { Backend } from '../../simulation/backend/backend.ts';
import { NativeBackend } from '../../simulation/backend/native/native-backend.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';

const { native } = loadNative({ applicationRoot: root, environment: env, platform, arch });
const channels = 8;

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const population = fc.record({
  neurons: fc.integer({ min: 1, max: 60 }),
  membraneTimeConstantMilliseconds: between(1, 100),
  synapticTimeConstantMilliseconds: between(0.1, 50),
  refractoryMilliseconds: between(0, 10),
  biasMillivolts: between(-10, 40),
  noiseMillivolts: fc.oneof(fc.constant(0), between(0, 10)),
});
const projection = (populations: number) =>
  fc.record({
    /** The last one, which is beyond them, fires by chance. */
    from: fc.nat(populations),
    to: fc.nat(populations - 1),
    connectionProbability: between(0, 1),
    weightMillivolts: between(-5, 5),
    delayMilliseconds: between(1, 20),
    plasticity: fc.option(
      fc.record({
        rule: fc.constant('pair-stdp' as const),
        potentiationTimeConstantMilliseconds: between(1, 100),
        depressionTimeConstantMilliseconds: between(1, 100),
        potentiationMillivolts: between(0, 1),
        depressionMillivolts: between(0, 1),
        maximumWeightMillivolts: between(0, 10),
      }),
      { nil: undefined },
    ),
  });
const networks = fc.array(population, { minLength: 1, maxLength: 4 }).chain((populations) =>
  fc.record({
    populations: fc.constant(populations),
    projections: fc.array(projection(populations.length), { maxLength: 6 }),
    stepMilliseconds: fc.constantFrom(0.05, 0.1, 0.25, 0.5, 1),
    inputs: fc.array(
      fc.record({
        to: fc.nat(populations.length - 1),
        neuronsPerElectrode: fc.integer({ min: 1, max: 100 }),
        weightMillivolts: between(-50, 50),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    seed: fc.nat(),
    rateHz: between(0, 1000),
  }),
);
/** Neurons that fired, or the fault. */
function outcomeOf(backend: Backend, spikes: readonly number[]): number[] | string {
  try {
    return [...backend.step(Uint16Array.from(spikes), spikes.length)];
  } catch (error) {
    return String(error);
  }
}

const named = (index: number) => `population-${index}`;

describe.runIf(native !== undefined)('the native back end', () => {
  it('computes any network as the reference does, bit for bit', () => {
    const input = fc.array(fc.array(fc.nat(channels - 1), { maxLength: 5 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(networks, input, ({ populations, projections, stepMilliseconds, inputs, seed, rateHz }, ticks) => {
        const configuration = configurationOf(
          {
            stepMilliseconds,
            populations: [
              ...populations.map((each, index) => ({ name: named(index), model: 'lif' as const, ...each })),
              { name: named(populations.length), model: 'poisson', neurons: 20, rateHz },
            ],
            projections: projections.map(({ from, to, plasticity, ...each }, index) => ({
              name: `projection-${index}`,
              from: named(from),
              to: named(to),
              ...each,
              ...(plasticity === undefined ? {} : { plasticity }),
            })),
            inputs: inputs.map(({ to, ...each }) => ({ to: named(to), ...each })),
          },
          { seed, channels },
        );
        const network = compileNetwork(configuration);
        const [reference, fast] = [new TypescriptBackend(network), new NativeBackend(network, native!.Network)];
        for (const spikes of ticks) {
          const expected = outcomeOf(reference, spikes);
          expect(outcomeOf(fast, spikes)).toEqual(expected);
          if (typeof expected === 'string') return;
        }
        expect(fast.plasticWeights()).toEqual(reference.plasticWeights());
        expect(fast.meanPlasticWeightMillivolts()).toBe(reference.meanPlasticWeightMillivolts());
      }),
      { numRuns: 200 },
    );
  });
});
