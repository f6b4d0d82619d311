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
import { openOnGpu, whyNoGpu } from '../support/software-gpu.ts';

const { native, ...missing } = loadNative({ applicationRoot: root, environment: env, platform, arch });
if (native === undefined)
  console.log(`The native back end is not tested: ${'reason' in missing ? missing.reason : ''}.`);

const noGpu = await whyNoGpu();
if (noGpu !== undefined) console.log(`The WebGPU back end is not tested: ${noGpu}`);

type Entry = readonly [Backend['name'], (network: CompiledNetwork) => Backend | Promise<Backend>];
const backends: readonly Entry[] = [
  ['typescript', (network) => new TypescriptBackend(network)],
  ...(native === undefined
    ? []
    : [['native', (network) => new NativeBackend(network, native.Network)] satisfies Entry]),
  ...(noGpu === undefined ? [['webgpu', (network) => openOnGpu(network)] satisfies Entry] : []),
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
        connections: { kind: 'random', probability: 0.1 },
        weightMillivolts: 0.8,
        delayMilliseconds: 2,
        plasticity: { rule: 'pair-stdp', maximumWeightMillivolts: 10 },
      },
      {
        name: 'exc-inh',
        from: 'exc',
        to: 'inh',
        connections: { kind: 'random', probability: 0.1 },
        weightMillivolts: 0.8,
      },
      {
        name: 'inh-exc',
        from: 'inh',
        to: 'exc',
        connections: { kind: 'random', probability: 0.2 },
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
  async function run(ticks: number, onTick: (spikes: Uint32Array) => void): Promise<Backend> {
    const backend = await create(network);
    for (let tick = 0; tick < ticks; tick++) {
      const channels = inputOf(tick);
      onTick(await backend.step(channels, channels.length));
    }
    return backend;
  }

  it('says its name', async () => {
    const backend = await create(network);
    expect(backend.name).toBe(name);
    backend.dispose();
  });

  it('gives the same spikes and the same weights again for the same network and input', async () => {
    const spikes: number[][][] = [[], []];
    const [first, second] = await Promise.all(spikes.map((list) => run(300, (tick) => list.push([...tick]))));
    expect(spikes[0]).toEqual(spikes[1]);
    expect(await first!.plasticWeights()).toEqual(await second!.plasticWeights());
    first!.dispose();
    second!.dispose();
  });

  it('computes the recorded run: the same spikes on every machine and from one version to the next', async () => {
    const hash = createHash('sha256');
    let count = 0;
    const backend = await run(2000, (spikes) => {
      count += spikes.length;
      hash.update(`${[...spikes].join(' ')}\n`);
    });
    expect({ count, hash: hash.digest('hex').slice(0, 16) }).toMatchInlineSnapshot(`
      {
        "count": 16459,
        "hash": "fe609a4a30356798",
      }
    `);
    const weights = createHash('sha256')
      .update(await backend.plasticWeights())
      .digest('hex')
      .slice(0, 16);
    expect([weights, backend.meanPlasticWeightMillivolts()]).toMatchInlineSnapshot(`
      [
        "d927d060d780b372",
        0.779084494705223,
      ]
    `);
    expect(backend.meanPlasticWeightMillivolts()).toBeCloseTo(0.8, 1);
    backend.dispose();
  });

  it('reads only as many channels as it is told', async () => {
    const told = await create(network);
    const asked = await create(network);
    for (let tick = 0; tick < 50; tick++) {
      const [spikes, expected] = [await told.step(Uint16Array.of(3, 9, 12), 1), await asked.step(Uint16Array.of(3), 1)];
      expect([...spikes]).toEqual([...expected]);
    }
    told.dispose();
    asked.dispose();
  });

  it('reports what leaves its range in the same words', async () => {
    const backend = await create(network);
    const flood = async () => backend.step(new Uint16Array(2000), 2000);
    await expect(flood).rejects.toThrow(
      "In step 0 10 of 160 neurons of population 'exc' left the range of its whole numbers.",
    );
    backend.dispose();
  });

  it('hands out weights as a copy', async () => {
    const backend = await create(network);
    const before = await backend.plasticWeights();
    (await backend.plasticWeights()).fill(0);
    expect(await backend.plasticWeights()).toEqual(before);
    expect(before.length).toBe(network.projections[0]!.targets.length);
    backend.dispose();
  });
});
