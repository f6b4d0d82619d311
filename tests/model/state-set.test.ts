import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StateSet } from './state-set.ts';

describe('StateSet', () => {
  it('numbers different vectors in the order in which they come, and knows each again', () => {
    const vectors = fc.array(fc.tuple(fc.nat(3), fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1)), { maxLength: 40 });
    fc.assert(
      fc.property(vectors, (added) => {
        const set = new StateSet(2);
        const numbers = new Map<string, number>();
        for (const vector of added) {
          const isNew = !numbers.has(vector.join());
          expect(set.find(Uint32Array.from(vector))).toBe(numbers.get(vector.join()) ?? -1);
          if (isNew) numbers.set(vector.join(), numbers.size);
          expect(set.add(Uint32Array.from(vector), set.size - 1)).toBe(isNew);
        }
        expect(set.size).toBe(numbers.size);
        for (let state = 0; state < set.size; state++) expect(set.parentOf(state)).toBe(state - 1);
      }),
    );
  });

  it('keeps every vector and its parent while it grows', () => {
    const set = new StateSet(3);
    const count = 200_000;
    const vectorOf = (state: number) => Uint32Array.of(state, Math.imul(state, 0x9e3779b1) >>> 0, state % 7);
    for (let state = 0; state < count; state++) set.add(vectorOf(state), state >> 1);
    expect(set.size).toBe(count);
    for (let state = 0; state < count; state += 997) {
      expect(set.find(vectorOf(state))).toBe(state);
      expect(set.parentOf(state)).toBe(state >> 1);
      expect([...set.vectors.subarray(3 * state, 3 * state + 3)]).toEqual([...vectorOf(state)]);
    }
    expect(set.find(vectorOf(count))).toBe(-1);
  });
});
