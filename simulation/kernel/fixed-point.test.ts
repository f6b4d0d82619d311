import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mix } from '../network/random.ts';
import { evaluate } from './evaluate.fixture.ts';
import { constant } from './expression.ts';
import { clamped, mixed, product, product24, product27, share, stateMax } from './fixed-point.ts';
import { shareOf } from './share-of.ts';

const any32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const edges = fc.constantFrom(0, 1, -1, 0x3fff, 0x4000, -0x4000, -0x4001, stateMax, -stateMax, 2 ** 30 - 1, -(2 ** 30));
const states = fc.oneof(edges, fc.integer({ min: -(2 ** 30), max: 2 ** 30 - 1 }));
const value = (of: ReturnType<typeof constant>) => evaluate(of.node, { variables: {} });

describe('fixed-point arithmetic', () => {
  it('takes a share as the exact product rounded to the nearest, halves up', () => {
    fc.assert(
      fc.property(states, fc.nat(2 ** 15 - 1), fc.integer({ min: 1, max: 31 }), (of, mantissa, shift) => {
        const bits = BigInt(14 + shift);
        const exact = (BigInt(of) * BigInt(mantissa) + (1n << (bits - 1n))) >> bits;
        expect(value(share(constant(of), mantissa, shift))).toBe(Number(exact));
      }),
      { numRuns: 2000 },
    );
  });

  it('multiplies any two numbers in Q16 exactly, rounded down, modulo 2³²', () => {
    fc.assert(
      fc.property(any32, any32, (a, b) => {
        const exact = BigInt.asIntN(32, (BigInt(a) * BigInt(b)) >> 16n);
        expect(value(product(constant(a), constant(b)))).toBe(Number(exact));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [24, product24],
    [27, product27],
  ] as const)(
    'multiplies a state and a number of 24 bits exactly, in units of 2^-%d, rounded, halves up',
    (bits, by) => {
      const small = fc.oneof(
        fc.constantFrom(0, 1, -1, 0xfff, 0x1000, -(2 ** 24), 2 ** 24),
        fc.integer({ min: -(2 ** 24), max: 2 ** 24 }),
      );
      const large = fc.oneof(
        edges.filter((of) => Math.abs(of) <= stateMax),
        fc.integer({ min: -stateMax, max: stateMax }),
      );
      fc.assert(
        fc.property(large, small, (a, b) => {
          const exact = (BigInt(a) * BigInt(b) + (1n << BigInt(bits - 1))) >> BigInt(bits);
          expect(value(by(constant(a), constant(b)))).toBe(Number(exact));
        }),
        { numRuns: 2000 },
      );
    },
  );

  it('mixes bits as the drawing of networks does', () => {
    fc.assert(
      fc.property(any32, (of) => {
        expect(value(mixed(constant(of)))).toBe(mix(of) | 0);
      }),
    );
  });

  it('keeps what is inside the bounds', () => {
    fc.assert(
      fc.property(any32, fc.nat(stateMax), (of, bound) => {
        expect(value(clamped(constant(of), constant(bound)))).toBe(Math.max(-bound, Math.min(bound, of)) + 0);
      }),
    );
  });
});

describe('the whole numbers of a share', () => {
  it('stand for it to 15 significant bits, from 2⁻³⁰ to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 0, noNaN: true }), (exponent) => {
        const wanted = 2 ** exponent;
        const { mantissa, shift } = shareOf(wanted);
        expect([mantissa >= 0 && mantissa < 2 ** 15, shift >= 1 && shift <= 31]).toEqual([true, true]);
        expect(Math.abs(mantissa / 2 ** (14 + shift) / wanted - 1)).toBeLessThanOrEqual(2 ** -15 + 1e-12);
      }),
    );
  });

  it('are 0 for nothing, and no share is negative or above 1', () => {
    expect(shareOf(0).mantissa).toBe(0);
    for (const wrong of [-0.1, 1.1, NaN]) expect(() => shareOf(wrong)).toThrow(RangeError);
  });
});
