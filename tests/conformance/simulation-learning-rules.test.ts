// Every learning rule is local and stays inside its bounds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLearningRule } from '../../simulation/learning/create-learning-rule.ts';
import type { LearningRule } from '../../simulation/learning/learning-rule.ts';
import type { Plasticity } from '../../simulation/network/compiled-network.ts';

const rules: Record<Plasticity['rule'], Plasticity> = {
  'pair-stdp': {
    rule: 'pair-stdp',
    potentiationTimeConstantMilliseconds: 20,
    depressionTimeConstantMilliseconds: 20,
    potentiationMillivolts: 0.3,
    depressionMillivolts: 0.4,
    maximumWeightMillivolts: 5,
  },
};

const trace = fc.double({ min: 0, max: 30, noNaN: true });
const traces = (perNeuron: number) => fc.array(trace, { minLength: perNeuron, maxLength: perNeuron });
const noise = fc.array(fc.oneof(trace, fc.constant(NaN)), { minLength: 0, maxLength: 6 });

/** Places a synapse's own traces between others'. */
function among(own: readonly number[], before: readonly number[], after: readonly number[]): [Float64Array, number] {
  return [Float64Array.from([...before, ...own, ...after]), before.length];
}

describe.each(Object.entries(rules))('the learning rule %s', (_, plasticity) => {
  const rule = createLearningRule(plasticity);
  const events = ['onArrival', 'onFiring'] as const satisfies readonly (keyof LearningRule)[];
  const weight = fc.double({ min: rule.lowestWeightMillivolts, max: rule.highestWeightMillivolts, noNaN: true });
  const sender = traces(rule.senderTimeConstantsMilliseconds.length);
  const receiver = traces(rule.receiverTimeConstantsMilliseconds.length);

  it('depends on the weight and the traces of its own two neurons, and on nothing else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...events),
        weight,
        sender,
        receiver,
        noise,
        noise,
        (event, before, own, other, left, right) => {
          const alone = rule[event](before, ...among(own, [], []), ...among(other, [], []));
          expect(rule[event](before, ...among(own, left, right), ...among(other, right, left))).toBe(alone);
        },
      ),
    );
  });

  it('does not change the traces', () => {
    fc.assert(
      fc.property(fc.constantFrom(...events), weight, sender, receiver, (event, before, own, other) => {
        const [mine, yours] = [Float64Array.from(own), Float64Array.from(other)];
        rule[event](before, mine, 0, yours, 0);
        expect([[...mine], [...yours]]).toEqual([own, other]);
      }),
    );
  });

  it('answers with a weight inside its bounds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...events), weight, sender, receiver, (event, before, own, other) => {
        const after = rule[event](before, Float64Array.from(own), 0, Float64Array.from(other), 0);
        expect(after >= rule.lowestWeightMillivolts && after <= rule.highestWeightMillivolts).toBe(true);
      }),
    );
  });
});
