import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ringPieces } from './pixel-strip.ts';
import { modulo } from './time-window.ts';

describe('ringPieces', () => {
  it('covers exactly the places of the columns, once', () => {
    const cases = fc.tuple(
      fc.integer({ min: -500, max: 500 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 40 }),
    );
    fc.assert(
      fc.property(cases, ([from, length, size]) => {
        const covered = ringPieces(from, from + length, size).flatMap(([start, end]) =>
          Array.from({ length: end - start }, (_, index) => start + index),
        );
        const wanted = new Set(Array.from({ length }, (_, index) => modulo(from + index, size)));
        expect(covered.sort((a, b) => a - b)).toEqual([...wanted].sort((a, b) => a - b));
      }),
    );
  });
});
