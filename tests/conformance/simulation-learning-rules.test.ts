// Every learning rule is local and stays inside its bounds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlasticSynapses } from '../../simulation/backend/typescript/plastic-synapses.ts';
import { toQ16 } from '../../simulation/kernel/share-of.ts';
import { variablesOf } from '../../simulation/kernel/write-out.ts';
import { compileRule, type Plasticity } from '../../simulation/learning/compile-rule.ts';
import { ruleModels } from '../../simulation/learning/rule-models.ts';
import { SpikeList } from '../../simulation/spike-list.ts';

const rules: Record<Plasticity['rule'], Plasticity> = {
  'pair-stdp': {
    rule: 'pair-stdp',
    potentiationTimeConstantMilliseconds: 20,
    depressionTimeConstantMilliseconds: 20,
    potentiationFraction: 0.06,
    depressionFraction: 0.08,
    maximumWeightMillivolts: 5,
  },
};

const neurons = 4;
const someNeurons = fc.uniqueArray(fc.nat(neurons - 1), { maxLength: neurons });
const history = fc.array(fc.tuple(someNeurons, someNeurons), { maxLength: 60 });

function listOf(of: readonly number[]): SpikeList {
  const list = new SpikeList();
  for (const neuron of [...of].sort()) list.add(neuron);
  return list;
}

/** Weights of a dense projection after a history of arrivals and firings. */
function weightsAfter(plasticity: Plasticity, steps: readonly (readonly [number[], number[]])[]): Int32Array {
  const rows = {
    rowStart: Uint32Array.from({ length: neurons + 1 }, (_, sender) => sender * neurons),
    targets: Uint32Array.from({ length: neurons ** 2 }, (_, synapse) => synapse % neurons),
    weights: new Int32Array(neurons ** 2).fill(toQ16(2)),
  };
  const synapses = new PlasticSynapses('learning', compileRule(plasticity, toQ16(1)), rows, neurons, 1);
  for (const [step, [arrived, fired]] of steps.entries()) synapses.step(step, listOf(arrived), listOf(fired));
  return synapses.weights;
}

describe.each(Object.entries(rules))('the learning rule %s', (_, plasticity) => {
  const { kernel, lowestWeight, highestWeight } = compileRule(plasticity, toQ16(1));
  const model = ruleModels.find(({ name }) => name === kernel)!;

  it('reads the weight, the traces of its own two neurons and its parameters, and nothing else', () => {
    const own = new Set(['weight', ...model.senderTraces, ...model.receiverTraces, ...model.parameters]);
    const read = variablesOf([model.onArrival.node, model.onFiring.node]);
    expect([...read].filter((name) => !own.has(name))).toEqual([]);
  });

  it('changes a synapse by the spikes of its own two neurons alone', () => {
    fc.assert(
      fc.property(history, fc.nat(neurons - 1), fc.nat(neurons - 1), (steps, sender, receiver) => {
        const alone = steps.map(([arrived, fired]): [number[], number[]] => [
          arrived.filter((each) => each === sender),
          fired.filter((each) => each === receiver),
        ]);
        const synapse = sender * neurons + receiver;
        expect(weightsAfter(plasticity, steps)[synapse]).toBe(weightsAfter(plasticity, alone)[synapse]);
      }),
    );
  });

  it('keeps every weight inside its bounds', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const weights = weightsAfter(plasticity, steps);
        expect(weights.every((weight) => weight >= lowestWeight && weight <= highestWeight)).toBe(true);
      }),
    );
  });
});
