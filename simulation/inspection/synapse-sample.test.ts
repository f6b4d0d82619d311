import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostChanged, spreadOf, weightMatrix } from './synapse-sample.ts';

const where = (count: number) => ({
  senders: Uint32Array.from({ length: count }, (_, index) => index),
  receivers: Uint32Array.from({ length: count }, (_, index) => count - index),
  neurons: { senders: count, receivers: count + 1 },
});

describe('the synapses that changed most', () => {
  it('are the first eight of all when these are sorted by their change', () => {
    const weights = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(weights, (pairs) => {
        const [initial, now] = [0, 1].map((side) => Int32Array.from(pairs, (pair) => pair[side]!));
        const change = (index: number) => Math.abs(now![index]! - initial![index]!);
        const sorted = [...pairs.keys()].filter((index) => change(index) > 0).sort((a, b) => change(b) - change(a));
        const found = mostChanged(where(pairs.length), initial!, now!, 2);
        expect(found.map(({ sender }) => sender)).toEqual(sorted.slice(0, 8));
        for (const { sender, receiver, before, now: after } of found)
          expect([receiver, before, after]).toEqual([pairs.length - sender, initial![sender]! / 2, now![sender]! / 2]);
      }),
    );
  });
});

describe('the matrix of weights', () => {
  it('has the mean weight of each pair of parts, and nothing where no synapse is', () => {
    const synapses = {
      senders: Uint32Array.of(0, 0, 31),
      receivers: Uint32Array.of(0, 1, 31),
      neurons: { senders: 32, receivers: 32 },
    };
    const matrix = weightMatrix(synapses, Int32Array.of(2, 4, 10), 2);
    expect([matrix.length, matrix[0]!.length]).toEqual([16, 16]);
    expect([matrix[0]![0], matrix[15]![15], matrix[0]![15]]).toEqual([1.5, 5, null]);
  });

  it('has no more parts than there are neurons', () => {
    const few = { senders: Uint32Array.of(0), receivers: Uint32Array.of(1), neurons: { senders: 1, receivers: 2 } };
    expect(weightMatrix(few, Int32Array.of(3), 1)).toEqual([[null, 3]]);
  });
});

it('the spread of a variable is in its own unit', () => {
  expect(spreadOf('e', Int32Array.of(-4, 0, 8, 4), 4)).toEqual({ symbol: 'e', lowest: -1, highest: 2, mean: 0.5 });
});
