import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PotentialAxis, potentialAxis } from './potential-axis.ts';

const potentials = fc.array(fc.double({ min: -120, max: 60, noNaN: true }), { minLength: 1 });

describe('an axis of potentials', () => {
  it('stands still around rest and threshold where both are known', () => {
    fc.assert(
      fc.property(potentials, (values) => {
        expect(potentialAxis(values, -70, -50, undefined)).toEqual([-90, -40]);
      }),
    );
  });

  it('holds every potential where they are not, ends at whole tens and only widens', () => {
    fc.assert(
      fc.property(fc.array(potentials, { minLength: 1 }), (samples) => {
        let axis: PotentialAxis | undefined;
        for (const values of samples) {
          const [from, to] = potentialAxis(values, undefined, undefined, axis)!;
          expect([Math.abs(from % 10), Math.abs(to % 10)]).toEqual([0, 0]);
          for (const held of [...values, ...(axis ?? [])]) expect(held >= from && held <= to).toBe(true);
          axis = [from, to];
        }
      }),
    );
  });

  it('is not there when there is nothing to show', () => {
    expect(potentialAxis([], undefined, -50, undefined)).toBeUndefined();
  });
});
