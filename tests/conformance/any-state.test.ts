// From any state a step is the same on every back end: also where kernels for many neurons compute otherwise than for one.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { nativeVectors } from '../../native/native-addon.ts';
import type { NetworkState } from '../../simulation/backend/network-state.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import { mix } from '../../simulation/network/random.ts';
import { expectSameState } from '../support/expect-same-state.ts';
import { native, openNative, releaseNatives } from '../support/native-backends.ts';
import { randomRuns, randomTimeoutMs } from '../support/random-runs.ts';

afterEach(releaseNatives);

const neurons = 100;
const none = new Uint16Array(0);

type Population = NonNullable<Parameters<typeof configurationOf>[0]['populations']>[number];
const common = { name: 'all', neurons, thresholdMillivolts: -50, restMillivolts: -60 } as const;
const models: readonly [string, Population][] = [
  ['lif of one receptor', { ...common, model: 'lif' }],
  ['lif of two receptors', { ...common, model: 'lif', inhibitorySynapticTimeConstantMilliseconds: 10 }],
  ['lif with noise', { ...common, model: 'lif', noiseMillivolts: 2, biasMillivolts: 8 }],
  ['lif with a background', { ...common, model: 'lif', backgroundRateHz: 3000, backgroundWeightMillivolts: 0.1 }],
  ['lif-conductance', { ...common, model: 'lif-conductance' }],
  [
    'lif-conductance with a background',
    { ...common, model: 'lif-conductance', backgroundRateHz: 900, backgroundWeightNanosiemens: 2 },
  ],
  ['adex', { ...common, model: 'adex' }],
  ['izhikevich', { name: 'all', neurons, model: 'izhikevich' }],
  ['lif-conductance of large parameters', { ...common, model: 'lif-conductance', excitatoryReversalMillivolts: 40 }],
];

/** In powers of 2, on both sides of where values usually are, and whole halves of units after multiplication. */
const edges = [18, 19, 20, 21, 22, 23, 24, 26, 29].flatMap((bits) => [-(2 ** bits), 2 ** bits]);

/** A value for each neuron: most lie within `spread`, some at an edge of at most `most`, where there is one in `rare`. */
function valuesOf(seed: number, spread: number, most: number, rare: number): Int32Array {
  const within = edges.filter((edge) => Math.abs(edge) <= most);
  return Int32Array.from({ length: neurons }, (_, neuron) => {
    const bits = mix(seed + neuron) >>> 0;
    const near = (bits % (2 * spread + 1)) - spread;
    const edge = within[(bits >>> 8) % within.length]! + ((bits >>> 16) % 3) - 1;
    return bits % rare === 0 ? Math.max(-most, Math.min(most, edge)) : near;
  });
}

/** The same network with other values. */
function stateFrom(
  state: NetworkState,
  isConductance: boolean,
  seed: number,
  bits: number,
  rare: number,
): NetworkState {
  const arrays = Object.fromEntries(
    Object.entries(state.arrays).map(([name, values], index) => {
      const part = mix(seed + index);
      if (values.length !== neurons) return [name, values];
      if (name.endsWith('state/0')) return [name, valuesOf(part, 2 ** 21, 2 ** (isConductance ? 23 : 26), rare)];
      if (name.endsWith('state/1')) return [name, valuesOf(part, 60, 60, 7).map((each) => Math.max(0, each))];
      return [name, valuesOf(part, 2 ** bits, 2 ** 29, rare)];
    }),
  );
  return { step: state.step, arrays };
}

describe.each(models)('a population of %s', (_, population) => {
  it.runIf(native !== undefined)('goes on from any state as in the reference', { timeout: randomTimeoutMs }, () => {
    const isConductance = population.model === 'lif-conductance';
    const nothing = isConductance ? { weightNanosiemens: 0 } : { weightMillivolts: 0 };
    const inputs = [{ to: 'all', neuronsPerElectrode: 1, ...nothing }];
    const network = compileNetwork(configurationOf({ populations: [population], stepMilliseconds: 0.1, inputs }));
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 16, max: 27 }),
        fc.constantFrom(3, 40, 40, 1_000_000),
        (seed, bits, rare) => {
          const reference = new TypescriptBackend(network);
          const others = nativeVectors.map((vectors) => openNative(network, 1, vectors));
          const state = stateFrom(reference.state(), isConductance, seed, bits, rare);
          reference.restore(state);
          for (const other of others) other.restore(state);
          try {
            const outcome = (step: () => Uint32Array) => {
              try {
                return [...step()];
              } catch (error) {
                return String(error);
              }
            };
            const expected = outcome(() => reference.step(none, 0));
            for (const other of others) {
              expect(outcome(() => other.step(none, 0))).toEqual(expected);
              if (typeof expected !== 'string') expectSameState(other.state(), reference.state());
            }
          } finally {
            releaseNatives();
          }
        },
      ),
      { numRuns: randomRuns(200) },
    );
  });
});
