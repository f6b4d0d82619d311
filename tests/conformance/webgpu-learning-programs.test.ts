// Learning rules of any equations do on a graphics processor what they do in the reference: spikes, weights, variables, averages, faults.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../simulation/backend/backend.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
import { RandomSequence } from '../../simulation/network/random.ts';
import { expectSameState } from '../support/expect-same-state.ts';
import { mixedNetwork, mixedNetworkIfPossible } from '../support/learning-networks.ts';
import { drawSignals } from '../support/own-rules.ts';
import { randomRuns, randomTimeoutMs } from '../support/random-runs.ts';
import { everything, randomRules } from '../support/random-rules.ts';
import { openOnGpu, whyNoGpu } from '../support/software-gpu.ts';

const reason = await whyNoGpu();
if (reason !== undefined) console.log(`Learning programs are not tested on a graphics processor: ${reason}`);

const many = 300;

async function outcomeOf(backend: Backend, tick: number, signals: Int32Array): Promise<number[] | string> {
  try {
    return [...(await backend.step(Uint16Array.of(tick % 16, (tick * 5) % 16), 2, signals))];
  } catch (error) {
    return String(error);
  }
}

/** Runs both side by side. @returns the fault in which they end, else the number of spikes. */
async function expectSame(network: CompiledNetwork, workgroupSize: number, ticks: number): Promise<string | number> {
  const reference = new TypescriptBackend(network);
  const gpu = await openOnGpu(network, { workgroupSize });
  const random = new RandomSequence(1);
  let spikes = 0;
  try {
    for (let tick = 0; tick < ticks; tick++) {
      const signals = drawSignals(network, random);
      for (const gate of network.gates.values()) if (random.uniform() < 0.2) signals[gate] = 0;
      const expected = await outcomeOf(reference, tick, signals);
      expect(await outcomeOf(gpu, tick, signals)).toEqual(expected);
      if (typeof expected === 'string') return expected;
      spikes += expected.length;
    }
    expectSameState(await gpu.state(), reference.state());
    expect(await gpu.plasticWeights()).toEqual(reference.plasticWeights());
    expect(gpu.meanPlasticWeightMillivolts()).toBe(reference.meanPlasticWeightMillivolts());
    return spikes;
  } finally {
    gpu.dispose();
  }
}

describe.runIf(reason === undefined)('a learning rule on a graphics processor', () => {
  it(
    'reads and computes everything that a rule may, bit for bit',
    async () => {
      const network = mixedNetwork([everything, everything, everything], many);
      const blocks = network.projections.flatMap(({ rule }) => Object.values(rule!.blocks));
      const kinds = new Set(blocks.flatMap(({ instructions }) => instructions.map(({ kind }) => kind)));
      const inputs = new Set(
        blocks.flatMap((block) =>
          block.inputs.map((input) => `${input.kind} ${'side' in input ? input.side : ''}`.trim()),
        ),
      );
      expect([...kinds].sort()).toEqual([
        'add',
        'atMost',
        'below',
        'constant',
        'look',
        'max',
        'min',
        'multiply',
        'shiftLeft',
        'shiftRight',
        'subtract',
      ]);
      expect([...inputs].sort()).toEqual([
        ...['average receiver', 'average sender', 'factor', 'fired receiver', 'fired sender', 'potential receiver'],
        ...['trace receiver', 'trace sender', 'variable', 'weight'],
      ]);
      expect(await expectSame(network, 64, 150)).toBeGreaterThan(1000);
    },
    randomTimeoutMs,
  );

  it.each([16, 64, 256])(
    'of any equations changes every synapse as in the reference, in workgroups of %i',
    async (workgroupSize) => {
      const runs = randomRuns(4);
      let finished = 0;
      await fc.assert(
        fc.asyncProperty(fc.noBias(fc.tuple(randomRules, randomRules, randomRules)), async (rules) => {
          const network = mixedNetworkIfPossible(rules, many);
          if (network === undefined) return;
          const outcome = await expectSame(network, workgroupSize, 25);
          if (typeof outcome === 'number' && outcome > 100) finished++;
        }),
        { numRuns: runs, endOnFailure: true, seed: workgroupSize },
      );
      expect(finished).toBeGreaterThanOrEqual(runs / 4);
    },
    randomTimeoutMs,
  );
});
