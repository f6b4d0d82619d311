// Learning rules of any equations do in the native back end what they do in the reference: spikes, weights, variables, averages, faults.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { spikingRules } from '../../common/experiment/network/plasticity.ts';
import type { RuleDeclaration } from '../../common/learning-rule/declaration.ts';
import {
  type NativeAddon,
  type NativeNetworkPlan,
  type NativeVectors,
  nativeVectors,
} from '../../native/native-addon.ts';
import { inputKinds, instructionKinds } from '../../native/native-rule-plan.ts';
import type { BlockingBackend } from '../../simulation/backend/backend.ts';
import { quietSignals } from '../../simulation/backend/check-signals.ts';
import { NativeBackend } from '../../simulation/backend/native/native-backend.ts';
import type { NetworkState } from '../../simulation/backend/network-state.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { stateMax } from '../../simulation/kernel/fixed-point.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
import { RandomSequence } from '../../simulation/network/random.ts';
import { expectSameState } from '../support/expect-same-state.ts';
import {
  beyond,
  farSignals,
  mixedNetwork,
  mixedNetworkIfPossible,
  relayNetwork,
  tooLarge,
} from '../support/learning-networks.ts';
import { native, openNative, releaseNatives } from '../support/native-backends.ts';
import { drawSignals } from '../support/own-rules.ts';
import { randomRuns, randomTimeoutMs } from '../support/random-runs.ts';
import { everything, randomRules, ruleOfEquations } from '../support/random-rules.ts';

afterEach(releaseNatives);

function outcomeOf(backend: BlockingBackend, channels: readonly number[], signals: Int32Array): number[] | string {
  try {
    return [...backend.step(Uint16Array.from(channels), channels.length, signals)];
  } catch (error) {
    return String(error);
  }
}

/** Runs both side by side; projections are frozen in some ticks. @returns the fault in which they end, else the number of spikes. */
function expectSame(
  network: CompiledNetwork,
  threads: number,
  ticks: number,
  vectors?: NativeVectors,
): string | number {
  const reference = new TypescriptBackend(network);
  const fast = openNative(network, threads, vectors);
  const random = new RandomSequence(1);
  let spikes = 0;
  for (let tick = 0; tick < ticks; tick++) {
    const signals = drawSignals(network, random);
    for (const gate of network.gates.values()) if (random.uniform() < 0.1) signals[gate] = 0;
    const channels = [tick % 16, (tick * 5) % 16];
    const expected = outcomeOf(reference, channels, signals);
    expect(outcomeOf(fast, channels, signals)).toEqual(expected);
    if (typeof expected === 'string') return expected;
    spikes += expected.length;
  }
  expectSameState(fast.state(), reference.state());
  expect(fast.plasticWeights()).toEqual(reference.plasticWeights());
  expect(fast.meanPlasticWeightMillivolts()).toBe(reference.meanPlasticWeightMillivolts());
  return spikes;
}

const many = 600;
const swapping = ruleOfEquations({ arrival: { w: 'e', e: 'w' }, firing: { w: 'e', e: 'w' }, step: { c: '0' } });

describe.runIf(native !== undefined)('a learning rule in the native back end', () => {
  it.each([1, 2, 3])('reads and computes everything that a rule may, bit for bit, with %i threads', (threads) => {
    const network = mixedNetwork([everything, everything, everything], many);
    const kinds = new Set(
      network.projections.flatMap(({ rule }) =>
        Object.values(rule!.blocks).flatMap(({ inputs, instructions }) =>
          [...inputs, ...instructions].map(({ kind }) => kind),
        ),
      ),
    );
    expect(kinds.size).toBe(inputKinds.length + instructionKinds.length);
    expect(expectSame(network, threads, 100)).toBeGreaterThan(1000);
  });

  it('of the catalogue changes every synapse as in the reference', () => {
    for (const [index, rule] of spikingRules.entries()) {
      const network = mixedNetwork([rule, spikingRules[(index + 1) % spikingRules.length]!, rule], many);
      for (const vectors of rule.on.step === undefined ? nativeVectors.slice(0, 1) : nativeVectors) {
        const spikes = expectSame(network, 1 + (index % 3), 60, vectors);
        expect(spikes, `${rule.name}, ${vectors}`).toBeGreaterThan(100);
      }
      releaseNatives();
    }
  });

  it('exchanges two values of a synapse', () => {
    expect(expectSame(mixedNetwork([swapping, swapping, swapping], many), 2, 40)).toBeGreaterThan(100);
  });

  it('of any equations changes every synapse as in the reference', { timeout: randomTimeoutMs }, () => {
    const runs = randomRuns(12);
    let finished = 0;
    const rules = fc.noBias(fc.tuple(randomRules, randomRules, randomRules));
    fc.assert(
      fc.property(
        rules,
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(...nativeVectors),
        (drawn, threads, vectors) => {
          const network = mixedNetworkIfPossible(drawn, many);
          if (network === undefined) return;
          const outcome = expectSame(network, threads, 20, vectors);
          if (typeof outcome === 'number' && outcome > 100) finished++;
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
    expect(finished).toBeGreaterThanOrEqual(runs / 4);
  });
});

/**
 * @param far value of L for some receivers of each projection, as a part of its bound; 0 for the others.
 * @returns the fault of the first tick, which is the same on both, however many threads.
 */
function faultIn(
  rules: readonly RuleDeclaration['on'][],
  far: readonly Record<number, number>[],
  change: (state: NetworkState) => void = () => undefined,
): string {
  const network = relayNetwork(rules);
  const signals = farSignals(network, far);
  const reference = new TypescriptBackend(network);
  const state = reference.state();
  change(state);
  reference.restore(state);
  const expected = outcomeOf(reference, [0], signals);
  for (const threads of [1, 2, 3]) {
    const fast = openNative(network, threads);
    fast.restore(state);
    expect(outcomeOf(fast, [0], signals)).toEqual(expected);
  }
  return String(expected);
}

describe.runIf(native !== undefined)('a fault of a learning rule in the native back end', () => {
  it('is that which the reference meets first among the synapses of an event', () => {
    const fault = faultIn([{ arrival: tooLarge }], [{ 10: -1, 11: 1 }]);
    expect(fault).toContain(beyond(1, 'e'));
    expect(fault).toContain('(on arrival: 20 * w_max * (L > 0.5))');
    expect(faultIn([{ arrival: tooLarge }], [{ 10: -1, 280: 1 }])).toContain(beyond(1, 'c'));
    expect(faultIn([{ arrival: tooLarge }], [{ 10: 1, 280: -1 }])).toContain(beyond(1, 'e'));
    expect(faultIn([{ step: tooLarge }], [{ 255: 1, 3: -1 }])).toContain(beyond(0, 'e'));
    expect(faultIn([{ step: tooLarge }], [{ 256: 1, 3: -1 }])).toContain(beyond(0, 'c'));
    expect(faultIn([{ firing: tooLarge }], [{ 10: -1, 11: 1 }])).toContain(beyond(0, 'c'));
    expect(faultIn([{ firing: tooLarge }], [{ 10: 1, 299: -1 }])).toContain(beyond(0, 'e'));
  });

  it('is that of arrivals before firings before the step, projection after projection', () => {
    const late = { e: '20 * w_max * (z_pre > 0)' };
    const arrival = { c: '3 * (L < -0.5)' };
    expect(faultIn([{ arrival, step: late }], [{ 299: -1 }])).toContain(beyond(1, 'c'));
    expect(faultIn([{ arrival, step: late }], [{}])).toContain(beyond(1, 'e'));
    expect(faultIn([{ firing: { c: '3' }, step: { e: '20 * w_max' } }], [{}])).toContain(beyond(0, 'c'));
    const rules = [{ step: { c: '3 * (z_pre > 0)' } }, { arrival: { e: '20 * w_max' } }];
    expect(faultIn(rules, [{}, {}])).toContain(beyond(1, 'c', 0));
    expect(faultIn(rules.toReversed(), [{}, {}])).toContain(beyond(1, 'e', 0));
  });

  it('comes before the full traces of its projection, and after those of projections before', () => {
    const full =
      (...projections: number[]) =>
      (state: NetworkState) => {
        for (const each of projections) {
          state.arrays[`projection/${each}/receiverTrace/0`]!.fill(stateMax, 207, 209);
          state.arrays[`projection/${each}/receiverTrace/1`]?.fill(stateMax, 7, 9);
        }
      };
    const trace = (projection: number) => `A trace of neuron 207 in projection 'learning-${projection}'`;
    const [firing, none] = [{ e: '20 * w_max' }, { c: 'c' }];
    expect(faultIn([{ firing }], [{}], full(0))).toContain(beyond(0, 'e'));
    expect(faultIn([{ firing: none }, { firing }], [{}, {}], full(0))).toContain(trace(0));
    expect(faultIn([{ firing: none }, { firing }], [{}, {}], full(1))).toContain(beyond(0, 'e', 1));
    expect(faultIn([{ firing: none }, { firing: none }], [{}, {}], full(0, 1))).toContain(trace(0));
  });
});

/** What the back end hands to the addon. */
function planOf(network: CompiledNetwork): NativeNetworkPlan {
  const plans: NativeNetworkPlan[] = [];
  const Listener = function (plan: NativeNetworkPlan) {
    plans.push(plan);
  };
  new NativeBackend(network, Listener as unknown as NativeAddon['Network'], 2);
  return plans[0]!;
}

describe.runIf(native !== undefined)('a malformed learning rule', () => {
  it('is refused, or stays within its arrays', () => {
    const network = relayNetwork([everything.on]);
    const { rule } = planOf(network).projections[0]!;
    const blocks = [rule!.arrival!, rule!.firing!, rule!.step!];
    const words = [
      ...blocks.flatMap(({ inputs, instructions, outputs, tables }) => [inputs, instructions, outputs, ...tables]),
      ...[rule!.senderAverages, rule!.receiverAverages, rule!.variables, rule!.factors],
    ];
    const extremes = [-(2 ** 31), 2 ** 31 - 1, -1, 0, 1, 2, 3, 31, 32, 46, 63, 1000];
    let refused = 0;
    const random = new RandomSequence(5);
    for (let change = 0; change < 1500; change++) {
      const of = words[Math.floor(random.uniform() * words.length * 0.999)]!;
      const at = Math.floor(random.uniform() * of.length * 0.999);
      const before = of[at]!;
      of[at] = extremes[Math.floor(random.uniform() * extremes.length * 0.999)]!;
      try {
        const changed = new native!.Network({
          ...planOf(network),
          projections: [{ ...planOf(network).projections[0]!, rule }],
        });
        for (let tick = 0; tick < 2; tick++)
          changed.tick(Uint16Array.of(0), 1, new Uint32Array(1000), new Float64Array(4), quietSignals(network));
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        refused++;
      }
      of[at] = before;
    }
    expect(refused).toBeGreaterThan(200);
    expect(refused).toBeLessThan(1400);
  });
});
