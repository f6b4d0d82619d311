import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenPlaces } from './even-places.ts';

describe('places that are looked at', () => {
  it('are all of few, and one of each equal stretch of many', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.integer({ min: 1, max: 500 }), (total, most) => {
        const places = evenPlaces(total, most);
        expect(places.length).toBe(Math.min(total, most));
        for (const [index, place] of places.entries()) {
          expect(place).toBeGreaterThanOrEqual(Math.floor((index * total) / places.length));
          expect(place).toBeLessThan(Math.floor(((index + 1) * total) / places.length));
        }
      }),
    );
  });

  it('do not fall into step with rows of the same length', () => {
    const columns = new Set(evenPlaces(4096 * 4096, 4096).map((place) => place % 4096));
    expect(columns.size).toBeGreaterThan(3000);
  });
});
