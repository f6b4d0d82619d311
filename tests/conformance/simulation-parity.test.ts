// Any network is the same on every back end, spike by spike, weight by weight and in everything that decides what comes.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { nativeVectors } from '../../native/native-addon.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import type { BlockingBackend as Backend } from '../../simulation/backend/backend.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { Drives } from '../../simulation/drive/drives.ts';
import { drivesBefore, randomDrives } from '../../simulation/drive/random-drives.fixture.ts';
import { NetworkInspection } from '../../simulation/inspection/network-inspection.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
import { RandomSequence } from '../../simulation/network/random.ts';
import { randomConfigurations, randomInput } from '../../simulation/random-networks.fixture.ts';
import { expectSameState } from '../support/expect-same-state.ts';
import { native, openNative, releaseNatives } from '../support/native-backends.ts';
import { drawSignals } from '../support/own-rules.ts';
import { randomRuns, randomTimeoutMs } from '../support/random-runs.ts';

afterEach(releaseNatives);

/** Neurons that fired, or the fault. */
function outcomeOf(backend: Backend, spikes: readonly number[], signals?: Int32Array): number[] | string {
  try {
    return [...backend.step(Uint16Array.from(spikes), spikes.length, signals)];
  } catch (error) {
    return String(error);
  }
}

/** Undefined for a network that is refused. */
function compile(configuration: SimulationConfiguration): CompiledNetwork | undefined {
  try {
    return compileNetwork(configuration);
  } catch (error) {
    if (error instanceof SimulationFaultError) return undefined;
    throw error;
  }
}

/** With signals anywhere within their bounds. @returns whether the network went on to the end. */
function expectSame(network: CompiledNetwork, reference: Backend, other: Backend, ticks: readonly number[][]): boolean {
  const random = new RandomSequence(ticks.length);
  for (const spikes of ticks) {
    const signals = drawSignals(network, random);
    const expected = outcomeOf(reference, spikes, signals);
    expect(outcomeOf(other, spikes, signals)).toEqual(expected);
    if (typeof expected === 'string') return false;
  }
  expect(other.plasticWeights()).toEqual(reference.plasticWeights());
  expect(other.meanPlasticWeightMillivolts()).toBe(reference.meanPlasticWeightMillivolts());
  expectSameState(other.state(), reference.state());
  return true;
}

const noSuchState = /no population|another length|older|is not|state has no/;

describe('a saved state', () => {
  it('goes on as if nothing had been, on the reference', { timeout: randomTimeoutMs }, () => {
    fc.assert(
      fc.property(randomConfigurations(20), randomInput, randomInput, (configuration, before, after) => {
        const network = compile(configuration);
        fc.pre(network !== undefined);
        const first = new TypescriptBackend(network);
        fc.pre(before.every((spikes) => typeof outcomeOf(first, spikes) !== 'string'));
        const second = new TypescriptBackend(network);
        second.restore(first.state());
        expectSame(network, first, second, after);
      }),
      { numRuns: randomRuns(16) },
    );
  });
});

describe.runIf(native !== undefined)('the native back end', () => {
  it(
    'computes any network as the reference does, bit for bit, with any number of threads and any vectors',
    { timeout: randomTimeoutMs },
    () => {
      const runs = randomRuns(24);
      let finished = 0;
      let refused = 0;
      fc.assert(
        fc
          .property(
            randomConfigurations(40),
            randomInput,
            fc.integer({ min: 1, max: 3 }),
            fc.constantFrom(...nativeVectors),
            (configuration, ticks, threads, vectors) => {
              const network = compile(configuration);
              if (network === undefined) return void refused++;
              const reference = new TypescriptBackend(network);
              if (expectSame(network, reference, openNative(network, threads, vectors), ticks)) finished++;
            },
          )
          .afterEach(releaseNatives),
        { numRuns: runs },
      );
      // The comparison is worth something only where networks live.
      expect(finished).toBeGreaterThan(runs / 2);
      expect(refused).toBeLessThan(runs / 4);
    },
  );

  it(
    'lets any network be looked into as the reference does, and that changes nothing',
    { timeout: randomTimeoutMs },
    () => {
      let seen = 0;
      fc.assert(
        fc
          .property(
            randomConfigurations(40),
            randomInput,
            fc.integer({ min: 1, max: 3 }),
            (configuration, ticks, threads) => {
              const network = compile(configuration);
              if (network === undefined) return;
              const backends = [new TypescriptBackend(network), openNative(network, threads)];
              const [reference, fast] = backends.map((backend) => ({
                backend,
                inspection: new NetworkInspection(configuration.network, network),
              }));
              const learning = [...configuration.network.projections.keys()].filter(
                (index) => configuration.network.projections[index]!.plasticity !== undefined,
              );
              for (const [tick, spikes] of ticks.entries()) {
                const outcomes = backends.map((each) => outcomeOf(each, spikes));
                if (typeof outcomes[0] === 'string') return;
                for (const projection of [...learning, undefined])
                  expect(fast!.inspection.sample(fast!.backend, tick, projection)).toEqual(
                    reference!.inspection.sample(reference!.backend, tick, projection),
                  );
              }
              expectSameState(backends[1]!.state(), backends[0]!.state());
              seen += learning.length;
            },
          )
          .afterEach(releaseNatives),
        { numRuns: randomRuns(16) },
      );
      expect(seen).toBeGreaterThan(8);
    },
  );

  it('goes on from a state of the reference, and the reference from its state', { timeout: randomTimeoutMs }, () => {
    fc.assert(
      fc
        .property(
          randomConfigurations(20),
          randomInput,
          randomInput,
          fc.integer({ min: 1, max: 3 }),
          (configuration, before, after, threads) => {
            const network = compile(configuration);
            fc.pre(network !== undefined);
            const [reference, fast] = [new TypescriptBackend(network), openNative(network, threads)];
            fc.pre(before.every((spikes) => typeof outcomeOf(reference, spikes) !== 'string'));
            fast.restore(reference.state());
            expectSameState(fast.state(), reference.state());
            const back = new TypescriptBackend(network);
            back.restore(fast.state());
            expectSameState(back.state(), reference.state());
            expectSame(network, reference, fast, after);
          },
        )
        .afterEach(releaseNatives),
      { numRuns: randomRuns(16) },
    );
  });

  it(
    'takes any drives as the reference does, whatever steps its neurons, and has the same state while they run and after them',
    { timeout: randomTimeoutMs },
    () => {
      const runs = randomRuns(24);
      let [driven, finished] = [0, 0];
      fc.assert(
        fc
          .property(
            randomConfigurations(40),
            randomInput,
            randomDrives,
            fc.integer({ min: 1, max: 3 }),
            fc.constantFrom(...nativeVectors),
            (configuration, ticks, drives, threads, vectors) => {
              const network = compile(configuration);
              if (network === undefined) return;
              const sides = [new TypescriptBackend(network), openNative(network, threads, vectors)].map((backend) => ({
                backend,
                drives: new Drives(network, configuration),
              }));
              for (const [tick, spikes] of ticks.entries()) {
                for (const control of drivesBefore(configuration, drives, tick, ticks.length)) {
                  const [first, second] = sides.map((side) => side.drives.control(control, side.backend));
                  expect(second).toBe(first);
                  if (first === '') driven++;
                }
                const [expected, found] = sides.map(({ backend }) => outcomeOf(backend, spikes));
                expect(found).toEqual(expected);
                if (typeof expected === 'string') return;
                for (const side of sides) side.drives.endTick(side.backend);
                if (tick % 8 === 0) expectSameState(sides[1]!.backend.state(), sides[0]!.backend.state());
              }
              expectSameState(sides[1]!.backend.state(), sides[0]!.backend.state());
              expect(sides[1]!.drives.state()).toEqual(sides[0]!.drives.state());
              finished++;
            },
          )
          .afterEach(releaseNatives),
        { numRuns: runs },
      );
      expect(driven).toBeGreaterThan(runs);
      expect(finished).toBeGreaterThan(runs / 2);
    },
  );

  it('gives its memory back once, and computes nothing after that', () => {
    const backend = openNative(compileNetwork(fc.sample(randomConfigurations(10), { numRuns: 1, seed: 3 })[0]!), 2);
    expect(typeof outcomeOf(backend, [1])).not.toBe('string');
    backend.dispose();
    backend.dispose();
    expect(outcomeOf(backend, [1])).toMatch(/it was released/);
  });

  it('refuses parameters of a population that is not there, and another number of them', () => {
    const backend = openNative(compileNetwork(fc.sample(randomConfigurations(10), { numRuns: 1, seed: 3 })[0]!), 2);
    expect(() => backend.setParameters(99, new Int32Array(1))).toThrow('there is no such population');
    expect(() => backend.setParameters(0, new Int32Array(99))).toThrow('parameters are not as many as the model has');
  });

  it('refuses a state of another network and goes on unchanged', () => {
    const [small, large] = [10, 11].map((neurons) =>
      compileNetwork(fc.sample(randomConfigurations(neurons), { numRuns: 1, seed: 3 })[0]!),
    );
    for (const create of [
      (network: CompiledNetwork) => new TypescriptBackend(network),
      (network: CompiledNetwork) => openNative(network, 2),
    ]) {
      const backend = create(small!);
      outcomeOf(backend, [1]);
      const before = backend.state();
      const { arrays, step } = create(large!).state();
      const [name] = Object.keys(before.arrays);
      const { [name!]: _, ...lacking } = before.arrays;
      expect(() => backend.restore({ step, arrays: lacking })).toThrow(noSuchState);
      if (Object.entries(arrays).some(([key, values]) => before.arrays[key]?.length !== values.length))
        expect(() => backend.restore({ step, arrays })).toThrow(noSuchState);
      expectSameState(backend.state(), before);
    }
  });
});
