// From any state a step is the same on every back end: also where kernels for many neurons compute otherwise than for one.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { nativeVectors } from '../../native/native-addon.ts';
import type { BlockingBackend } from '../../simulation/backend/backend.ts';
import type { NetworkState } from '../../simulation/backend/network-state.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
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
  [
    'lif of two receptors, a fast membrane and a negative bias',
    {
      ...common,
      model: 'lif',
      membraneTimeConstantMilliseconds: 1,
      inhibitorySynapticTimeConstantMilliseconds: 10,
      biasMillivolts: -30,
    },
  ],
  ['lif with noise', { ...common, model: 'lif', noiseMillivolts: 2, biasMillivolts: 8 }],
  ['lif with a background', { ...common, model: 'lif', backgroundRateHz: 3000, backgroundWeightMillivolts: 0.1 }],
  ['lif-conductance', { ...common, model: 'lif-conductance' }],
  [
    'lif-conductance with a background',
    { ...common, model: 'lif-conductance', backgroundRateHz: 900, backgroundWeightNanosiemens: 2 },
  ],
  ['adex', { ...common, model: 'adex' }],
  ['izhikevich', { name: 'all', neurons, model: 'izhikevich' }],
  ['lif-conductance with noise', { ...common, model: 'lif-conductance', noiseMillivolts: 2, biasMillivolts: 8 }],
  ['lif-conductance of large parameters', { ...common, model: 'lif-conductance', excitatoryReversalMillivolts: 40 }],
];

/** In powers of 2, on both sides of where values usually are, and whole halves of units after multiplication. */
const edges = [...[18, 19, 20, 21, 22, 23, 24, 26, 29].map((bits) => 2 ** bits), 3 * 2 ** 20, 5 * 2 ** 20].flatMap(
  (edge) => [-edge, edge],
);

/** A value for each neuron: most lie from `least` to `spread`, some at an edge of at most `most`, where there is one in `rare`. */
function valuesOf(seed: number, spread: number, most: number, rare: number, least = -spread): Int32Array {
  const within = edges.filter((edge) => Math.abs(edge) <= most);
  return Int32Array.from({ length: neurons }, (_, neuron) => {
    const bits = mix(seed + neuron) >>> 0;
    const near = (bits % (spread - least + 1)) + least;
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
      if (!isConductance) return [name, valuesOf(part, 2 ** bits, 2 ** 29, rare)];
      const isExcitation = name.endsWith('state/2') || name.endsWith('received/0');
      return [name, valuesOf(part, 2 ** (isExcitation ? bits - 2 : bits), 2 ** 29, rare, 0)];
    }),
  );
  return { step: state.step, arrays };
}

function outcomeOf(backend: BlockingBackend): number[] | string {
  try {
    return [...backend.step(none, 0)];
  } catch (error) {
    return String(error);
  }
}

/** Until the reference reports a fault, after `ticks` at most. */
function expectSameFrom(network: CompiledNetwork, change: (state: NetworkState) => NetworkState, ticks: number): void {
  const reference = new TypescriptBackend(network);
  const others = nativeVectors.map((vectors) => openNative(network, 1, vectors));
  const state = change(reference.state());
  try {
    for (const each of [reference, ...others]) each.restore(state);
    for (let tick = 0; tick < ticks; tick++) {
      const expected = outcomeOf(reference);
      for (const other of others) expect(outcomeOf(other)).toEqual(expected);
      if (typeof expected === 'string') return;
      for (const other of others) expectSameState(other.state(), reference.state());
    }
  } finally {
    releaseNatives();
  }
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
          expectSameFrom(network, (state) => stateFrom(state, isConductance, seed, bits, rare), 1);
        },
      ),
      { numRuns: randomRuns(200) },
    );
  });
});

describe.runIf(native !== undefined)('a population that is mostly outside its usual ranges', () => {
  it('goes on as in the reference for long, and when it has come back', () => {
    const population: Population = { ...common, model: 'lif', inhibitorySynapticTimeConstantMilliseconds: 10 };
    const inputs = [{ to: 'all', neuronsPerElectrode: 1, weightMillivolts: 0 }];
    const network = compileNetwork(configurationOf({ populations: [population], stepMilliseconds: 0.1, inputs }));
    // Inhibited by 2^28 units of 2^-16 mV, which become usual ones in 10 ms × 4 ln 2.
    const inhibited = ({ step, arrays }: NetworkState): NetworkState => ({
      step,
      arrays: Object.fromEntries(
        Object.entries(arrays).map(([name, values]) => [
          name,
          name.endsWith('state/3') ? values.map(() => -(2 ** 28)) : values,
        ]),
      ),
    });
    expectSameFrom(network, inhibited, 60);
  });
});

describe.runIf(native !== undefined).each([
  { excitatoryReversalMillivolts: 0, inhibitoryReversalMillivolts: -80 },
  { excitatoryReversalMillivolts: 14, inhibitoryReversalMillivolts: -120 },
  { excitatoryReversalMillivolts: -120, inhibitoryReversalMillivolts: 14 },
])('conductances as large as usual that pull to %o', (reversals) => {
  it('change potentials as in the reference', () => {
    const population: Population = { ...common, model: 'lif-conductance', ...reversals };
    const inputs = [{ to: 'all', neuronsPerElectrode: 1, weightNanosiemens: 0 }];
    // A single step: later ones would forget what it made.
    const configuration = configurationOf(
      { populations: [population], stepMilliseconds: 0.1, inputs },
      { tickMilliseconds: 0.1 },
    );
    const network = compileNetwork(configuration);
    for (const millivolts of [-48, -47, -20, 0, 20, 79]) {
      for (const excitatory of [0, 2 ** 24 - 1]) {
        const values = [millivolts * 2 ** 16, 0, excitatory, 2 ** 26 - 2 ** 20 - excitatory];
        const pulled = ({ step, arrays }: NetworkState): NetworkState => ({
          step,
          arrays: Object.fromEntries(
            Object.entries(arrays).map(([name, before]) => {
              const variable = /state\/(\d)$/.exec(name)?.[1];
              return [
                name,
                variable === undefined
                  ? before
                  : before.map((_, neuron) => values[Number(variable)]! + (variable === '0' ? neuron : 0)),
              ];
            }),
          ),
        });
        expectSameFrom(network, pulled, 1);
      }
    }
  });
});

describe.runIf(native !== undefined)('neurons of which one fires and then one is outside its usual ranges', () => {
  it('fire once', () => {
    const population: Population = {
      ...common,
      model: 'lif-conductance',
      initialMillivolts: -40,
      initialSpreadMillivolts: 0,
      refractoryMilliseconds: 5,
    };
    const inputs = [{ to: 'all', neuronsPerElectrode: 1, weightNanosiemens: 900 }];
    const configuration = configurationOf(
      { populations: [population], stepMilliseconds: 0.5, inputs },
      { tickMilliseconds: 0.5 },
    );
    const network = compileNetwork(configuration);
    for (const vectors of nativeVectors) {
      const backend = openNative(network, 1, vectors);
      expect(backend.step(none, 0)).toHaveLength(neurons);
      expect([...backend.step(Uint16Array.of(1), 1)]).toEqual([]);
    }
  });
});
