// Every back end of the simulation keeps the same promises and computes the same network to the spike.
import { createHash } from 'node:crypto';
import { arch, env, platform } from 'node:process';
import { root } from '../../scripts/paths.mjs';
import { describe, expect, it } from 'vitest';
import { loadNative } from '../../native/load-native.ts';
import type { Backend } from '../../simulation/backend/backend.ts';
import { NativeBackend } from '../../simulation/backend/native/native-backend.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';

const { native, ...missing } = loadNative({ applicationRoot: root, environment: env, platform, arch });
if (native === undefined)
  console.log(`The native back end is not tested: ${'reason' in missing ? missing.reason : ''}.`);

type Entry = readonly [Backend['name'], (network: CompiledNetwork) => Backend];
const backends: readonly Entry[] = [
  ['typescript', (network) => new TypescriptBackend(network)],
  ...(native === undefined
    ? []
    : [['native', (network) => new NativeBackend(network, native.Network)] satisfies Entry]),
];

const configuration = configurationOf(
  {
    populations: [
      { name: 'exc', neurons: 160, model: 'lif', biasMillivolts: 15, noiseMillivolts: 4 },
      {
        name: 'inh',
        neurons: 40,
        model: 'lif',
        biasMillivolts: 12,
        noiseMillivolts: 4,
        membraneTimeConstantMilliseconds: 10,
      },
    ],
    projections: [
      {
        name: 'exc-exc',
        from: 'exc',
        to: 'exc',
        connectionProbability: 0.1,
        weightMillivolts: 0.8,
        delayMilliseconds: 2,
        plasticity: { rule: 'pair-stdp' },
      },
      { name: 'exc-inh', from: 'exc', to: 'inh', connectionProbability: 0.1, weightMillivolts: 0.8 },
      {
        name: 'inh-exc',
        from: 'inh',
        to: 'exc',
        connectionProbability: 0.2,
        weightMillivolts: -2,
        delayMilliseconds: 1.5,
      },
    ],
    inputs: [{ to: 'exc', neuronsPerElectrode: 10, weightMillivolts: 6 }],
  },
  { seed: 20_240_917 },
);
const network = compileNetwork(configuration);

/** Electrodes that spike in a tick: some, changing, one of them twice. */
const inputOf = (tick: number) =>
  Uint16Array.from({ length: tick % 4 }, (_, index) => (tick * 7 + (index === 2 ? 0 : index)) % 16);

describe.each(backends)('the back end "%s"', (name, create) => {
  function run(ticks: number, onTick: (spikes: Uint32Array) => void): Backend {
    const backend = create(network);
    for (let tick = 0; tick < ticks; tick++) {
      const channels = inputOf(tick);
      onTick(backend.step(channels, channels.length));
    }
    return backend;
  }

  it('says its name', () => {
    const backend = create(network);
    expect(backend.name).toBe(name);
    backend.dispose();
  });

  it('gives the same spikes and the same weights again for the same network and input', () => {
    const spikes: number[][][] = [[], []];
    const [first, second] = spikes.map((list) => run(300, (tick) => list.push([...tick])));
    expect(spikes[0]).toEqual(spikes[1]);
    expect(first!.plasticWeights()).toEqual(second!.plasticWeights());
    first!.dispose();
    second!.dispose();
  });

  it('computes the recorded run: the same spikes on every machine and from one version to the next', () => {
    const hash = createHash('sha256');
    let count = 0;
    const backend = run(2000, (spikes) => {
      count += spikes.length;
      hash.update(`${[...spikes].join(' ')}\n`);
    });
    expect({ count, hash: hash.digest('hex').slice(0, 16) }).toMatchInlineSnapshot(`
      {
        "count": 16480,
        "hash": "9ed9a98d6aef6423",
      }
    `);
    const weights = createHash('sha256').update(backend.plasticWeights()).digest('hex').slice(0, 16);
    expect([weights, backend.meanPlasticWeightMillivolts()]).toMatchInlineSnapshot(`
      [
        "e269a60659190b1b",
        0.7781424856489632,
      ]
    `);
    expect(backend.meanPlasticWeightMillivolts()).toBeCloseTo(0.8, 1);
    backend.dispose();
  });

  it('reads only as many channels as it is told', () => {
    const told = create(network);
    const asked = create(network);
    for (let tick = 0; tick < 50; tick++) {
      expect([...told.step(Uint16Array.of(3, 9, 12), 1)]).toEqual([...asked.step(Uint16Array.of(3), 1)]);
    }
    told.dispose();
    asked.dispose();
  });

  it('reports what leaves its range in the same words', () => {
    const backend = create(network);
    const flood = () => backend.step(new Uint16Array(2000), 2000);
    expect(flood).toThrow("In step 0 10 of 160 neurons of population 'exc' left the range of ±8192 mV.");
    backend.dispose();
  });

  it('hands out weights as a copy', () => {
    const backend = create(network);
    const before = backend.plasticWeights();
    backend.plasticWeights().fill(0);
    expect(backend.plasticWeights()).toEqual(before);
    expect(before.length).toBe(network.projections[0]!.targets.length);
    backend.dispose();
  });
});
