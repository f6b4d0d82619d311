// Learning rules of any equations do on a graphics processor what they do in the reference: spikes, weights, variables, averages, faults.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleDeclaration } from '../../common/learning-rule/declaration.ts';
import { RuleError } from '../../common/learning-rule/parsed-rule.ts';
import type { Backend } from '../../simulation/backend/backend.ts';
import { quietSignals } from '../../simulation/backend/check-signals.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
import { RandomSequence } from '../../simulation/network/random.ts';
import { fileOf, itsSignals, randomRules, ruleOfEquations } from '../support/random-rules.ts';
import { openOnGpu, whyNoGpu } from '../support/software-gpu.ts';

const reason = await whyNoGpu();
if (reason !== undefined) console.log(`Learning programs are not tested on a graphics processor: ${reason}`);

const lif = { model: 'lif', biasMillivolts: 17, noiseMillivolts: 6 } as const;

/** Whole spikes, tired ones and shares reach neurons that learn, over several delays and from both kinds of synapses. */
function networkOf(rules: readonly [RuleDeclaration, RuleDeclaration, RuleDeclaration]): CompiledNetwork {
  const onto = { connections: { kind: 'random', probability: 0.5 }, weightDistribution: 'uniform' } as const;
  const configuration = configurationOf(
    {
      stepMilliseconds: 0.5,
      populations: [
        { name: 'many', neurons: 300, ...lif },
        { name: 'few', neurons: 20, ...lif },
        { name: 'rate', neurons: 9, model: 'rate', biasMillivolts: 10, noiseMillivolts: 3 },
      ],
      projections: [
        { name: 'out', from: 'few', to: 'many', ...onto, weightMillivolts: 2, delaySpreadMilliseconds: 0.5 },
        { name: 'back', from: 'many', to: 'few', ...onto, weightMillivolts: -0.5, delayMilliseconds: 3 },
        { name: 'flow', from: 'rate', to: 'few', ...onto, weightMillivolts: 1 },
      ],
      inputs: [{ to: 'few', neuronsPerElectrode: 3, weightMillivolts: 8 }],
    },
    { seed: 3 },
  );
  const { projections } = configuration.network;
  for (const [index, projection] of projections.entries()) {
    const declaration = rules[index]!;
    const file = `rule-${index}`;
    configuration.ownRules.push({ file, rule: fileOf(declaration) });
    projection.plasticity = { rule: 'own', file, thirdFactors: itsSignals };
  }
  projections[1]!.shortTermPlasticity = { utilisation: 0.4, recoveryMilliseconds: 80, facilitationMilliseconds: 30 };
  return compileNetwork(configuration);
}

/** Numbers of each third factor within its bounds; projections are frozen now and then. */
function drawSignals(network: CompiledNetwork, random: RandomSequence): Int32Array {
  const { thirdFactors, gates } = network;
  const signals = quietSignals(network);
  for (const gate of gates.values()) signals[gate] = random.uniform() < 0.8 ? 1 : 0;
  for (const { factor, start, length } of thirdFactors)
    for (let at = start; at < start + length; at++)
      signals[at] = Math.round(factor.low + random.uniform() * (factor.high - factor.low));
  return signals;
}

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
      const expected = await outcomeOf(reference, tick, signals);
      expect(await outcomeOf(gpu, tick, signals)).toEqual(expected);
      if (typeof expected === 'string') return expected;
      spikes += expected.length;
    }
    expect(await gpu.state()).toEqual(reference.state());
    expect(await gpu.plasticWeights()).toEqual(reference.plasticWeights());
    expect(gpu.meanPlasticWeightMillivolts()).toBe(reference.meanPlasticWeightMillivolts());
    return spikes;
  } finally {
    gpu.dispose();
  }
}

/** Undefined where a rule cannot be computed in whole numbers. */
function compile(rules: Parameters<typeof networkOf>[0]): CompiledNetwork | undefined {
  try {
    return networkOf(rules);
  } catch (error) {
    if (error instanceof RuleError) return undefined;
    throw error;
  }
}

/** Every input in one rule, and every instruction that equations become. */
const everything = ruleOfEquations({
  arrival: {
    w: 'w - 0.02 * w_max * y * exp(-clip((u - u_mean) / D, -2, 2)) + 0.1 * e * M',
    e: 'clip(0.8 * e + 0.1 * w_max * min(r_pre, z_post), -w_max, w_max)',
  },
  firing: {
    c: 'clip(0.5 * c + 0.1 * x2 * (w < 0.5 * w_max) - 0.2 * z_pre * (r_post <= 0.02), -1, 1)',
    w: 'w + 0.02 * w_max * x * logistic((u_mean - u) / D) * (1 - w / w_max) + 0.01 * w_max * L * max(c, 0.1)',
  },
  step: {
    e: '0.95 * e + 0.01 * w_max * (z_post - r_post) * L * M',
    w: 'w * (1 - 0.001 * sqrt(abs(c))) - 0.01 * w_max * z_pre * z_post / (0.5 + r_pre)',
  },
});

describe.runIf(reason === undefined)('a learning rule on a graphics processor', () => {
  it('reads and computes everything that a rule may, bit for bit', async () => {
    const network = networkOf([everything, everything, everything]);
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
  }, 120_000);

  it.each([16, 64, 256])(
    'of any equations changes every synapse as in the reference, in workgroups of %i',
    async (workgroupSize) => {
      let finished = 0;
      await fc.assert(
        fc.asyncProperty(fc.noBias(fc.tuple(randomRules, randomRules, randomRules)), async (rules) => {
          const network = compile(rules);
          if (network === undefined) return;
          const outcome = await expectSame(network, workgroupSize, 25);
          if (typeof outcome === 'number' && outcome > 100) finished++;
        }),
        { numRuns: 8, endOnFailure: true, seed: workgroupSize },
      );
      expect(finished).toBeGreaterThanOrEqual(3);
    },
    240_000,
  );
});
