// Any network is the same on a graphics processor as in the reference, spike by spike, weight by weight and in everything that decides what comes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import type { Backend } from '../../simulation/backend/backend.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { Drives } from '../../simulation/drive/drives.ts';
import { drivesBefore, randomDrives } from '../../simulation/drive/random-drives.fixture.ts';
import { NetworkInspection } from '../../simulation/inspection/network-inspection.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import { randomConfigurations, randomInput } from '../../simulation/random-networks.fixture.ts';
import { expectSameState } from '../support/expect-same-state.ts';
import { randomRuns, randomTimeoutMs } from '../support/random-runs.ts';
import { openOnGpu, whyNoGpu } from '../support/software-gpu.ts';

const reason = await whyNoGpu();
const runs = randomRuns(4);
if (reason !== undefined) console.log(`The WebGPU back end is not tested: ${reason}`);

/** Neurons that fired, or the fault. */
async function outcomeOf(backend: Backend, spikes: readonly number[]): Promise<number[] | string> {
  try {
    return [...(await backend.step(Uint16Array.from(spikes), spikes.length))];
  } catch (error) {
    return String(error);
  }
}

/** @returns the number of spikes; undefined when the network did not go on to the end. */
async function expectSame(reference: Backend, gpu: Backend, ticks: readonly number[][]): Promise<number | undefined> {
  let count = 0;
  for (const spikes of ticks) {
    const expected = await outcomeOf(reference, spikes);
    expect(await outcomeOf(gpu, spikes)).toEqual(expected);
    if (typeof expected === 'string') return undefined;
    count += expected.length;
  }
  expect(await gpu.plasticWeights()).toEqual(await reference.plasticWeights());
  expect(gpu.meanPlasticWeightMillivolts()).toBe(reference.meanPlasticWeightMillivolts());
  expectSameState(await gpu.state(), await reference.state());
  return count;
}

/** Undefined for a network that is refused. */
function compile(configuration: Parameters<typeof compileNetwork>[0]) {
  try {
    return compileNetwork(configuration);
  } catch (error) {
    if (error instanceof SimulationFaultError) return undefined;
    throw error;
  }
}

describe.runIf(reason === undefined)('the WebGPU back end', () => {
  it.each([16, 64, 256])(
    'computes any network as the reference does, bit for bit, in workgroups of %i, and goes on from its states',
    async (workgroupSize) => {
      let [finished, spikes] = [0, 0];
      await fc.assert(
        fc.asyncProperty(
          fc.noBias(randomConfigurations(70)),
          fc.noBias(randomInput),
          fc.noBias(randomInput),
          async (configuration, before, after) => {
            const network = compile(configuration);
            if (network === undefined) return;
            const reference = new TypescriptBackend(network);
            const [first, second] = [await openOnGpu(network, { workgroupSize }), await openOnGpu(network)];
            try {
              const count = await expectSame(reference, first, before);
              if (count === undefined) return;
              for (const [projection, { plasticity }] of configuration.network.projections.entries()) {
                const look = (backend: Backend) =>
                  new NetworkInspection(configuration.network, network).sample(backend, 0, plasticity && projection);
                expect(await look(first)).toEqual(await look(reference));
              }
              second.restore(reference.state());
              await expectSame(reference, second, after.slice(0, 5));
              finished++;
              spikes += count;
            } finally {
              first.dispose();
              second.dispose();
            }
          },
        ),
        { numRuns: runs, endOnFailure: true, seed: workgroupSize },
      );
      // Networks that are silent agree whatever is wrong.
      expect(finished).toBeGreaterThanOrEqual(runs / 2);
      expect(spikes).toBeGreaterThan(15 * runs);
    },
    randomTimeoutMs,
  );

  it(
    'takes any drives as the reference does',
    async () => {
      let driven = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.noBias(randomConfigurations(70)),
          fc.noBias(randomInput),
          fc.noBias(randomDrives),
          async (configuration, ticks, drives) => {
            const network = compile(configuration);
            if (network === undefined) return;
            const input = ticks.slice(0, 30);
            const gpu = await openOnGpu(network);
            try {
              const reference = new TypescriptBackend(network);
              const sides = [reference, gpu].map((backend) => {
                return { backend, drives: new Drives(network, configuration) };
              });
              for (const [tick, spikes] of input.entries()) {
                for (const control of drivesBefore(configuration, drives, tick, input.length)) {
                  const [first, second] = sides.map((side) => side.drives.control(control, side.backend));
                  expect(second).toBe(first);
                  if (first === '') driven++;
                }
                const expected = await outcomeOf(reference, spikes);
                expect(await outcomeOf(gpu, spikes)).toEqual(expected);
                if (typeof expected === 'string') return;
                for (const side of sides) side.drives.endTick(side.backend);
              }
              expectSameState(await gpu.state(), reference.state());
            } finally {
              gpu.dispose();
            }
          },
        ),
        { numRuns: runs, endOnFailure: true, seed: 5 },
      );
      expect(driven).toBeGreaterThanOrEqual(runs);
    },
    randomTimeoutMs,
  );
});
