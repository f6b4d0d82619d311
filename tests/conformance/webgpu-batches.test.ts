// On a graphics processor neurons take several steps at once: the same spikes and state, bit for bit, from few dispatches and few bytes.
import { getHeapStatistics } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { openGpu } from '../../simulation/backend/webgpu/open-gpu.ts';
import { WebgpuBackend } from '../../simulation/backend/webgpu/webgpu-backend.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import { surveyPartsOf } from '../../simulation/network/survey-parts.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
import { expectSameState } from '../support/expect-same-state.ts';
import { openOnGpu, whyNoGpu } from '../support/software-gpu.ts';

const reason = await whyNoGpu();
if (reason !== undefined) console.log(`Batches of steps are not tested on a graphics processor: ${reason}`);

type Network = Parameters<typeof configurationOf>[0];
type Projections = Network['projections'];

const connections = { kind: 'random' as const, probability: 0.3 };
/** Spikes from the first steps on, so that those on the longest ways arrive too. */
const firing = { initialMillivolts: -55, initialSpreadMillivolts: 10, biasMillivolts: 25, noiseMillivolts: 4 };
const membrane = { model: 'lif' as const, ...firing };
const between = (from: string, to: string) => ({ name: `${from}-${to}`, from, to, connections, weightMillivolts: 1 });
const shortTermPlasticity = { utilisation: 0.5, recoveryMilliseconds: 100, facilitationMilliseconds: 50 };
const plasticity = { rule: 'pair-stdp', maximumWeightMillivolts: 4 };

/** Ten steps in a tick; two populations of one model, and two of others. */
const networkWith = (projections: Projections): CompiledNetwork =>
  compileNetwork(
    configurationOf({
      stepMilliseconds: 0.1,
      populations: [
        { name: 'a', neurons: 70, ...membrane },
        { name: 'b', neurons: 20, ...membrane },
        { name: 'c', neurons: 40, ...membrane, inhibitorySynapticTimeConstantMilliseconds: 3 },
        { name: 'means', neurons: 30, model: 'rate', biasMillivolts: 8, noiseMillivolts: 2 },
      ],
      projections: projections ?? [],
      inputs: [{ to: 'a', neuronsPerElectrode: 3, weightMillivolts: 20 }],
    }),
  );

/** Of spikes and shares, on short and long ways, from before the first tick on. */
const fixed: Projections = [
  { ...between('a', 'a'), delayMilliseconds: 0.5, delaySpreadMilliseconds: 0.1 },
  { ...between('a', 'c'), weightMillivolts: -1, delayMilliseconds: 3 },
  { ...between('b', 'a'), delayMilliseconds: 0.4 },
  { ...between('c', 'b'), name: 'longest-put', delayMilliseconds: 12.7 },
  { ...between('c', 'a'), name: 'longer', delayMilliseconds: 15 },
  { ...between('means', 'c'), delayMilliseconds: 2 },
  { ...between('means', 'a'), name: 'longer-of-means', delayMilliseconds: 14 },
];
const tiring: Projections = [
  ...fixed,
  { ...between('b', 'c'), name: 'tiring', delayMilliseconds: 0.4, shortTermPlasticity },
];

const late = (from: string): NonNullable<Projections> =>
  ['a', 'c'].map((to) => ({ ...between(from, to), delayMilliseconds: 5, delaySpreadMilliseconds: 1 }));

const inputOf = (tick: number) => Uint16Array.from({ length: tick % 3 }, (_, index) => (tick * 7 + index) % 16);

describe.runIf(reason === undefined)('a batch of steps on a graphics processor', () => {
  it.each([
    ['along synapses that do not change or tire', tiring, 16],
    ['beside weights that learn', [...tiring, { ...between('a', 'b'), delayMilliseconds: 0.4, plasticity }], 256],
  ])('gives the bits of the reference %s, and goes on from its state', async (_, projections, workgroupSize) => {
    const network = networkWith(projections);
    const reference = new TypescriptBackend(network);
    const gpu = await openOnGpu(network, { workgroupSize });
    const other = await openOnGpu(network, { workgroupSize });
    let spikes = 0;
    const compare = async (backend: WebgpuBackend, from: number, to: number) => {
      for (let tick = from; tick < to; tick++) {
        const channels = inputOf(tick);
        const expected = reference.step(channels, channels.length);
        expect([...(await backend.step(channels, channels.length))]).toEqual([...expected]);
        spikes += expected.length;
      }
      expectSameState(await backend.state(), reference.state());
    };
    await compare(gpu, 0, 18);
    other.restore(reference.state());
    expectSameState(await other.state(), reference.state());
    await compare(other, 18, 26);
    expect(spikes).toBeGreaterThan(100);
    gpu.dispose();
    other.dispose();
  });

  it.each([
    // Of neurons three, for their models, and for what they send one. A step later than it is fired a spike could act: two steps at once.
    ['from step to step', [{ ...between('a', 'a'), delayMilliseconds: 0.1 }], 5 * (3 + 1)],
    // Whatever their projections and delays; spikes and shares.
    ['from tick to tick', [...late('a'), ...late('b'), ...late('means')], 3 + 2],
    // Three batches of neurons, and four times what arrives: how tired the synapses are, then the delivery.
    ['that tire', [{ ...between('a', 'a'), delayMilliseconds: 0.3, shortTermPlasticity }], 3 * 3 + 4 * 2],
    // In each step arrivals, firings and traces; after the last the sum of weights.
    ['that learn', [{ ...between('a', 'a'), delayMilliseconds: 1, plasticity }], 10 * (3 + 3) + 1],
  ])('with synapses %s is one submission, one reading and so many dispatches', async (_, projections, dispatches) => {
    const { backend, counted } = await openCounted(networkWith(projections));
    await backend.step(Uint16Array.of(), 0);
    expect(counted).toEqual({ dispatches, submissions: 1, readings: 1 });
    await backend.step(Uint16Array.of(3), 1);
    // The electrodes that spiked.
    expect(counted).toEqual({ dispatches: 2 * dispatches + 1, submissions: 2, readings: 2 });
    backend.dispose();
  });

  it('sums weights that learn part after part, and goes on from the sums of a state', async () => {
    const all = { kind: 'random' as const, probability: 1 };
    const network = compileNetwork(
      configurationOf({
        stepMilliseconds: 1,
        populations: [{ name: 'a', neurons: 160, ...membrane }],
        projections: [
          { ...between('a', 'a'), connections: all, weightMillivolts: 0.1, delayMilliseconds: 1, plasticity },
        ],
        inputs: [{ to: 'a', neuronsPerElectrode: 3, weightMillivolts: 20 }],
      }),
    );
    expect(surveyPartsOf(network.projections[0]!).length - 1).toBeGreaterThan(3);
    const reference = new TypescriptBackend(network);
    const [gpu, other] = [await openOnGpu(network), await openOnGpu(network)];
    const means = new Set<number>();
    const compare = async (backend: WebgpuBackend, ticks: number) => {
      for (let tick = 0; tick < ticks; tick++) {
        reference.step(Uint16Array.of(3), 1);
        await backend.step(Uint16Array.of(3), 1);
        expect(backend.meanPlasticWeightMillivolts()).toBe(reference.meanPlasticWeightMillivolts());
        means.add(reference.meanPlasticWeightMillivolts());
      }
    };
    await compare(gpu, 20);
    other.restore(reference.state());
    await compare(other, 5);
    expectSameState(await other.state(), reference.state());
    expect(means.size).toBeGreaterThan(10);
    gpu.dispose();
    other.dispose();
  });

  it('makes little that has to be collected: what WebGPU itself makes for a submission and a reading', async () => {
    const network = networkWith([{ ...between('a', 'a'), delayMilliseconds: 1, weightMillivolts: 0.1 }]);
    const { backend, watched } = await openCounted(network);
    const channels = Uint16Array.of(1, 2);
    const bytes: number[] = [];
    for (let tick = 0; tick < 200; tick++) {
      const before = usedBytes();
      const answer = backend.step(channels, 2);
      const asked = usedBytes() - before;
      await answer;
      bytes.push(asked + usedBytes() - watched.bytesAtAnswer);
    }
    // Half of the ticks, as the collector comes in some of them.
    const median = bytes.slice(100).sort((a, b) => a - b)[50]!;
    // Some 4,000, of which most is what is not compiled yet.
    expect(median).toBeLessThan(7000);
    backend.dispose();
  });
});

const usedBytes = () => getHeapStatistics().used_heap_size;

/** Counts what the back end asks of its device from now on, and says what the heap held when the last answer came. */
async function openCounted(network: CompiledNetwork) {
  const opened = await openGpu();
  if (opened.device === undefined) throw new Error(opened.reason);
  const { device } = opened;
  const counted = { dispatches: 0, submissions: 0, readings: 0 };
  const watched = { bytesAtAnswer: 0 };
  let isOpen = false;
  /** Calls `before` and then what the object does, and `after` with its result. */
  function listen<T extends object, K extends keyof T>(of: T, name: K, after: (result: never) => void): void {
    const does = of[name] as (...values: unknown[]) => unknown;
    of[name] = ((...values: unknown[]) => {
      const result = does.apply(of, values);
      if (isOpen) after(result as never);
      return result;
    }) as T[K];
  }
  listen(device, 'createCommandEncoder', (encoder: GPUCommandEncoder) =>
    listen(encoder, 'beginComputePass', (pass: GPUComputePassEncoder) =>
      listen(pass, 'dispatchWorkgroups', () => void counted.dispatches++),
    ),
  );
  listen(device.queue, 'submit', () => void counted.submissions++);
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    listen(buffer, 'mapAsync', (mapped: Promise<undefined>) => {
      counted.readings++;
      void mapped.then(() => void (watched.bytesAtAnswer = usedBytes()));
    });
    return buffer;
  };
  const backend = await WebgpuBackend.open(device, network, { answerWithinMilliseconds: 30_000 });
  isOpen = true;
  return { backend, counted, watched };
}
