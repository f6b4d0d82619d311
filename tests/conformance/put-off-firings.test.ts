// Firings whose effect on synapses the native back end puts off leave the same as in the reference, where synapses change at once.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { spikingRules } from '../../common/experiment/network/plasticity.ts';
import type { RuleDeclaration } from '../../common/learning-rule/declaration.ts';
import { quietSignals } from '../../simulation/backend/check-signals.ts';
import type { NativeBackend } from '../../simulation/backend/native/native-backend.ts';
import { TypescriptBackend } from '../../simulation/backend/typescript/typescript-backend.ts';
import { withoutSurveys } from '../../simulation/backend/weight-survey.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { compileNetwork } from '../../simulation/network/compile-network.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';
import { RandomSequence } from '../../simulation/network/random.ts';
import { surveyPartsOf } from '../../simulation/network/survey-parts.ts';
import { expectSameState } from '../support/expect-same-state.ts';
import { relay } from '../support/learning-networks.ts';
import { native, openNative, releaseNatives } from '../support/native-backends.ts';
import { drawSignals, withRules } from '../support/own-rules.ts';
import { randomRuns, randomTimeoutMs } from '../support/random-runs.ts';
import { ruleOfEquations } from '../support/random-rules.ts';

afterEach(releaseNatives);

/** Reads of the receiver all that a rule may, writes variables of the synapse, and nothing of it can be a fault. */
const readsAll = ruleOfEquations({
  arrival: { w: 'w - 0.02 * w_max * y * (1 + c) + 0.01 * e', e: 'clip(0.8 * e + 0.1 * w_max * x, -w_max, w_max)' },
  firing: {
    c: 'clip(0.5 * c + 0.1 * x2 * (w < 0.5 * w_max) - 0.2 * z_post * (r_post <= 0.02) + 0.1 * L, -1, 1)',
    w: 'w + 0.03 * w_max * x * logistic((u_mean - u) / D) * (1 - w / w_max) + 0.01 * M * max(c, 0.1) * w_max',
  },
});
/** A variable that all synapses of a receiver share, as bursts have it. */
const shares = ruleOfEquations({
  firing: { c: 'clip(0.9 * c + 0.1 * y, -1, 1)', w: 'w + 0.02 * w_max * (x - c) * (y > 0.2)' },
});
/** Could leave the bounds of e, and is not put off: it takes the other way beside the others. */
const atOnce = ruleOfEquations({ firing: { e: 'e + 0.001 * w_max * x' }, arrival: { w: 'w - 0.01 * e' } });
const ofCatalogue = spikingRules.filter(({ on }) => on.firing !== undefined && on.step === undefined);
const putOff = [readsAll, shares, ...ofCatalogue];

/**
 * Receivers fire several times in a tick; some senders seldom or never do.
 * @param rules of the connections from those that often fire, from those that seldom do, and among the receivers, which tire
 */
function restless(rules: readonly RuleDeclaration[], senders: number, stepMilliseconds = 0.1): CompiledNetwork {
  const onto = {
    connections: { kind: 'random', probability: 0.7 },
    weightMillivolts: 100 / senders,
    weightDistribution: 'uniform',
  } as const;
  const configuration = configurationOf(
    {
      stepMilliseconds,
      populations: [
        { name: 'often', neurons: senders, model: 'poisson', rateHz: 300 },
        { name: 'seldom', neurons: senders, model: 'spike-source' },
        { name: 'to', neurons: 70, ...relay, biasMillivolts: 50, noiseMillivolts: 10 },
      ],
      projections: [
        { name: 'busy', from: 'often', to: 'to', ...onto, delayMilliseconds: stepMilliseconds },
        { name: 'still', from: 'seldom', to: 'to', ...onto, delayMilliseconds: 3 },
        {
          ...{ name: 'among', from: 'to', to: 'to', ...onto, weightMillivolts: 1, delaySpreadMilliseconds: 0.5 },
          shortTermPlasticity: { utilisation: 0.4, recoveryMilliseconds: 80, facilitationMilliseconds: 30 },
        },
      ],
      inputs: [{ to: 'seldom', neuronsPerElectrode: 3, weightMillivolts: 100 }],
    },
    { seed: 5 },
  );
  return compileNetwork(withRules(configuration, rules));
}

interface Pair {
  readonly network: CompiledNetwork;
  readonly reference: TypescriptBackend;
  readonly fast: NativeBackend;
}

/** Advances both, with projections frozen in some ticks. @returns how many neurons fired. */
function advance({ network, reference, fast }: Pair, random: RandomSequence, ticks: number): number {
  let spikes = 0;
  for (let tick = 0; tick < ticks; tick++) {
    const signals = drawSignals(network, random);
    for (const gate of network.gates.values()) if (random.uniform() < 0.3) signals[gate] = 0;
    const channels = Uint16Array.of(tick % 16);
    const fired = [...reference.step(channels, tick % 2, signals)];
    expect([...fast.step(channels, tick % 2, signals)]).toEqual(fired);
    expect(fast.meanPlasticWeightMillivolts()).toBe(reference.meanPlasticWeightMillivolts());
    spikes += fired.length;
  }
  return spikes;
}

const opened = (network: CompiledNetwork, threads: number): Pair => ({
  network,
  reference: new TypescriptBackend(network),
  fast: openNative(network, threads),
});
const threeOf = (first: number) => [0, 1, 2].map((each) => putOff[(first + each) % putOff.length]!);

describe.runIf(native !== undefined)('firings that are put off', () => {
  it('change synapses in their order, of every rule that is put off, with firings and arrivals in one step and several in between', () => {
    for (const [index, rule] of putOff.entries()) {
      const pair = opened(restless(threeOf(index), 60), 1 + (index % 3));
      expect(advance(pair, new RandomSequence(index), 12), rule.name).toBeGreaterThan(1000);
      expectSameState(pair.fast.state(), pair.reference.state());
    }
  });

  it('reach the synapses of senders that never spike, part after part, and the mean weight with them, though a receiver fires more often before than its history first holds', () => {
    const network = restless([readsAll, readsAll, shares], 2000, 0.5);
    const parts = surveyPartsOf(network.projections[1]!).length - 1;
    expect(parts).toBeGreaterThan(20);
    const pair = opened(network, 2);
    const random = new RandomSequence(4);
    const firings = new Map<number, number>();
    for (let tick = 0; tick < 2 * parts; tick++) {
      const signals = drawSignals(network, random);
      const fired = [...pair.reference.step(new Uint16Array(0), 0, signals)];
      expect([...pair.fast.step(new Uint16Array(0), 0, signals)]).toEqual(fired);
      expect(pair.fast.meanPlasticWeightMillivolts()).toBe(pair.reference.meanPlasticWeightMillivolts());
      if (tick < parts) for (const neuron of fired) firings.set(neuron, (firings.get(neuron) ?? 0) + 1);
    }
    const { firstNeuron } = network.populations[2]!;
    expect(
      Math.max(...[...firings].filter(([neuron]) => neuron >= firstNeuron).map(([, count]) => count)),
    ).toBeGreaterThan(8);
    const state = pair.fast.state();
    expectSameState(state, pair.reference.state());
    // What goes on from there shows the same mean: also of the parts that have not had their turn again.
    const other = new TypescriptBackend(network);
    other.restore(state);
    for (const backend of [pair.fast, other]) backend.step(new Uint16Array(0), 0);
    expect(other.meanPlasticWeightMillivolts()).toBe(pair.fast.meanPlasticWeightMillivolts());
  });

  it('see the sender as it was before a spike that arrives in the same step', () => {
    const pairs = (delayMilliseconds: number) =>
      compileNetwork(
        withRules(
          configurationOf({
            stepMilliseconds: 1,
            populations: ['from', 'to'].map((name) => ({ name, neurons: 20, ...relay })),
            projections: [
              {
                ...{ name: 'learning', from: 'from', to: 'to', weightMillivolts: 1, delayMilliseconds },
                connections: { kind: 'random', probability: 1 } as const,
              },
            ],
            inputs: ['from', 'to'].map((to) => ({ to, neuronsPerElectrode: 20, weightMillivolts: 100 })),
          }),
          [ruleOfEquations({ firing: { w: 'w + 0.01 * w_max * x' } })],
        ),
      );
    const pair = opened(pairs(2), 1);
    const signals = quietSignals(pair.network);
    // Both sides fire in each driven tick, and what was sent two ticks before arrives in it.
    for (const isDriven of [1, 0, 1, 1, 1, 0, 1, 0, 0, 1]) {
      const fired = [...pair.reference.step(Uint16Array.of(0), isDriven, signals)];
      expect(fired.length).toBe(isDriven * 40);
      expect([...pair.fast.step(Uint16Array.of(0), isDriven, signals)]).toEqual(fired);
    }
    const before = pair.network.projections[0]!.weights;
    const { arrays } = pair.reference.state();
    expect(arrays['projection/0/weights']).not.toEqual(before);
    expectSameState(pair.fast.state(), pair.reference.state());
  });

  it(
    'are caught up on before synapses are read, saved, set or restored in the middle',
    { timeout: randomTimeoutMs },
    () => {
      const acts = fc.array(fc.tuple(fc.constantFrom('look', 'weights', 'save', 'set', 'swap'), fc.nat(3)), {
        maxLength: 6,
      });
      const threads = fc.integer({ min: 1, max: 3 });
      fc.assert(
        fc
          .property(acts, threads, fc.nat(putOff.length), fc.nat(1000), (list, count, first, seed) => {
            const [a, b] = threeOf(first);
            const pair = opened(restless([a!, b!, first % 2 === 0 ? atOnce : b!], 12), count);
            const random = new RandomSequence(seed);
            for (const [act, ticks] of list) {
              advance(pair, random, ticks);
              carryOut(act, pair, random);
            }
            advance(pair, random, 2);
            expectSameState(pair.fast.state(), pair.reference.state());
          })
          .afterEach(releaseNatives),
        { numRuns: randomRuns(12) },
      );
    },
  );
});

function carryOut(act: string, { network, reference, fast }: Pair, random: RandomSequence): void {
  const one = (below: number) => Math.min(below - 1, Math.floor(random.uniform() * below));
  if (act === 'look') {
    const projection = one(network.projections.length);
    const { rowStart, targets } = network.projections[projection]!;
    const sender = rowStart.findLastIndex((start, at) => at + 1 < rowStart.length && start < rowStart[at + 1]!);
    const places = {
      senders: Uint32Array.of(sender, sender),
      synapses: Uint32Array.of(rowStart[sender]!, targets.length - 1),
    };
    const [expected, found] = [new Int32Array(2), new Int32Array(2)];
    reference.readSynapses(projection, -1, places, expected);
    fast.readSynapses(projection, -1, places, found);
    expect(found).toEqual(expected);
  } else if (act === 'weights') expect(fast.plasticWeights()).toEqual(reference.plasticWeights());
  else if (act === 'save') expectSameState(fast.state(), reference.state());
  else if (act === 'set') {
    // As where weights are set back: what is pending says nothing of them.
    const state = fast.state();
    const projection = one(network.projections.length);
    const name = `projection/${projection}/weights`;
    const arrays = {
      ...withoutSurveys(state.arrays, [projection]),
      [name]: state.arrays[name]!.map((weight) => weight >> 1),
    };
    for (const each of [reference, fast]) each.restore({ ...state, arrays });
  } else {
    const [mine, other] = [fast.state(), reference.state()];
    fast.restore(other);
    reference.restore(mine);
  }
}
