// What leaves its bounds first in a step is what a graphics processor reports, in the order in which the reference computes.
import { describe, expect, it } from 'vitest';
import type { RuleDeclaration } from '../../common/learning-rule/declaration.ts';
import type { Backend } from '../../simulation/backend/backend.ts';
import type { NetworkState } from '../../simulation/backend/network-state.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { stateMax } from '../../simulation/kernel/fixed-point.ts';
import { beyond, farSignals, relayNetwork, tooLarge } from '../support/learning-networks.ts';
import { openOnGpu, whyNoGpu } from '../support/software-gpu.ts';

const reason = await whyNoGpu();
if (reason !== undefined) console.log(`Faults of learning rules are not tested on a graphics processor: ${reason}`);

const none = { c: 'c' };

async function faultOf(backend: Backend, signals: Int32Array): Promise<string> {
  try {
    await backend.step(Uint16Array.of(0), 1, signals);
    return 'none';
  } catch (error) {
    return String(error);
  }
}

/** @returns the fault of the first tick, which is the same on both. */
async function faultIn(
  rules: readonly RuleDeclaration['on'][],
  far: readonly Record<number, number>[],
  change: (state: NetworkState) => void = () => undefined,
): Promise<string> {
  const network = relayNetwork(rules);
  const [reference, gpu] = [new TypescriptBackend(network), await openOnGpu(network)];
  const state = reference.state();
  change(state);
  reference.restore(state);
  gpu.restore(state);
  const signals = farSignals(network, far);
  const expected = await faultOf(reference, signals);
  expect(await faultOf(gpu, signals)).toBe(expected);
  gpu.dispose();
  return expected;
}

describe.runIf(reason === undefined)('a fault of a learning rule on a graphics processor', () => {
  it('is that of the first result among synapses that are computed together, else that of the first of them', async () => {
    expect(await faultIn([{ arrival: tooLarge }], [{ 10: -1, 11: 1 }])).toContain(beyond(1, 'e'));
    expect(await faultIn([{ arrival: tooLarge }], [{ 10: -1, 280: 1 }])).toContain(beyond(1, 'c'));
    expect(await faultIn([{ arrival: tooLarge }], [{ 10: 1, 280: -1 }])).toContain(beyond(1, 'e'));
    expect(await faultIn([{ step: tooLarge }], [{ 255: 1, 3: -1 }])).toContain(beyond(0, 'e'));
    expect(await faultIn([{ step: tooLarge }], [{ 256: 1, 3: -1 }])).toContain(beyond(0, 'c'));
  });

  it('is that of the first receiver where several fire', async () => {
    expect(await faultIn([{ firing: tooLarge }], [{ 10: -1, 11: 1 }])).toContain(beyond(0, 'c'));
    expect(await faultIn([{ firing: tooLarge }], [{ 10: 1, 11: -1 }])).toContain(beyond(0, 'e'));
  });

  it('is that of arrivals before firings before the step', async () => {
    const late = { e: '20 * w_max * (z_pre > 0)' };
    const arrival = { c: '3 * (L < -0.5)' };
    expect(await faultIn([{ arrival, step: late }], [{ 299: -1 }])).toContain(beyond(1, 'c'));
    expect(await faultIn([{ arrival, step: late }], [{}])).toContain(beyond(1, 'e'));
    expect(await faultIn([{ firing: { c: '3' }, step: { e: '20 * w_max' } }], [{}])).toContain(beyond(0, 'c'));
  });

  it('is that of the first projection', async () => {
    const rules = [{ step: { c: '3 * (z_pre > 0)' } }, { arrival: { e: '20 * w_max' } }];
    expect(await faultIn(rules, [{}, {}])).toContain(beyond(1, 'c', 0));
    expect(await faultIn(rules.toReversed(), [{}, {}])).toContain(beyond(1, 'e', 0));
    expect(await faultIn([{ step: none }, rules[1]!], [{}, {}])).toContain(beyond(1, 'e', 1));
  });

  it('comes before the full traces of its projection, and after those of projections before', async () => {
    const full = (projection: number) => (state: NetworkState) =>
      void state.arrays[`projection/${projection}/receiverTrace/0`]!.fill(stateMax, 7, 9);
    const trace = (projection: number) => `A trace of neuron 7 in projection 'learning-${projection}'`;
    const firing = { e: '20 * w_max' };
    expect(await faultIn([{ firing }], [{}], full(0))).toContain(beyond(0, 'e'));
    expect(await faultIn([{ firing: none }, { firing }], [{}, {}], full(0))).toContain(trace(0));
    expect(await faultIn([{ firing: none }, { firing }], [{}, {}], full(1))).toContain(beyond(0, 'e', 1));
    expect(await faultIn([{ firing: none }, { firing: none }], [{}, {}], full(1))).toContain(trace(1));
  });
});
