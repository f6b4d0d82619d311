// Every learning rule of the catalogue that runs in a simulated network is local, keeps its bounds, and is what its equations say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spikingRules } from '../../common/experiment/network/plasticity.ts';
import { PlasticSynapses } from '../../simulation/backend/typescript/plastic-synapses.ts';
import { toQ16 } from '../../simulation/kernel/share-of.ts';
import { oneRule } from '../../simulation/learning/one-rule.fixture.ts';
import { SpikeList } from '../../simulation/spike-list.ts';

const neurons = 4;
const stepMilliseconds = 1;
const restMillivolts = -70;

/** What happens in a step: senders whose spikes arrive, receivers that fire, potentials above rest in mV, third factors from −1 to 1. */
type Happening = readonly [arrived: number[], fired: number[], potentials: number[], factors: number[]];
const some = fc.uniqueArray(fc.nat(neurons - 1), { maxLength: neurons });
const each = (min: number, max: number) =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: neurons, maxLength: neurons });
const history = fc.array(fc.tuple(some, some, each(-10, 30), each(-1, 1)), { maxLength: 60 });

function listOf(of: readonly number[]): SpikeList {
  const list = new SpikeList();
  for (const neuron of [...of].sort()) list.add(neuron);
  return list;
}

describe.each(spikingRules)('the learning rule $name', ({ name }) => {
  const rule = oneRule({ rule: name, maximumWeightMillivolts: 5 }, stepMilliseconds, restMillivolts);
  const middle = Math.round((rule.lowestWeight + rule.highestWeight) / 2);

  /** Weights of a dense projection after a history. */
  function weightsAfter(steps: readonly Happening[]): Int32Array {
    const rows = {
      rowStart: Uint32Array.from({ length: neurons + 1 }, (_, sender) => sender * neurons),
      targets: Uint32Array.from({ length: neurons ** 2 }, (_, synapse) => synapse % neurons),
      weights: new Int32Array(neurons ** 2).fill(middle),
    };
    const potential = new Int32Array(neurons);
    const starts: number[] = [];
    let words = 0;
    for (const { isPerReceiver } of rule.factors) {
      starts.push(words);
      words += isPerReceiver ? neurons : 1;
    }
    const signals = new Int32Array(words + 1);
    signals[words] = 1;
    const placed = { ...rule, factorStarts: starts, gateAt: words };
    const synapses = new PlasticSynapses('learning', placed, rows, { receivers: neurons, potential }, stepMilliseconds);
    for (const [step, [arrived, fired, potentials, factors]] of steps.entries()) {
      potential.set(potentials.map(toQ16));
      for (const [index, { isPerReceiver, low, high }] of rule.factors.entries()) {
        const whole = (value: number) => Math.round(value < 0 ? -value * low : value * high);
        for (let at = 0; at < (isPerReceiver ? neurons : 1); at++) signals[starts[index]! + at] = whole(factors[at]!);
      }
      synapses.step(step, listOf(arrived), listOf(fired), signals);
    }
    return synapses.weights;
  }

  it('changes a synapse by its own two neurons and its third factors alone', () => {
    fc.assert(
      fc.property(history, history, fc.nat(neurons - 1), fc.nat(neurons - 1), (steps, others, sender, receiver) => {
        const elsewhere = steps.map(([arrived, fired, potentials, factors], step): Happening => {
          const other = others[step] ?? [[], [], potentials, factors];
          const mixed = (own: number[], its: number[], neuron: number) => [
            ...its.filter((one) => one !== neuron),
            ...own.filter((one) => one === neuron),
          ];
          const kept = (own: number[], its: number[]) => its.map((one, at) => (at === receiver ? own[at]! : one));
          const shared = rule.factors.some(({ isPerReceiver }) => !isPerReceiver);
          return [
            mixed(arrived, other[0], sender),
            mixed(fired, other[1], receiver),
            kept(potentials, other[2]),
            shared ? factors : kept(factors, other[3]),
          ];
        });
        const synapse = sender * neurons + receiver;
        expect(weightsAfter(elsewhere)[synapse]).toBe(weightsAfter(steps)[synapse]);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps every weight inside its bounds', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const weights = weightsAfter(steps);
        expect(weights.every((weight) => weight >= rule.lowestWeight && weight <= rule.highestWeight)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
