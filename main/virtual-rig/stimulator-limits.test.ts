import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PulseMessage } from '../../common/device-protocol/messages.ts';
import { shapeRefusal, virtualLimits } from './stimulator-limits.ts';
import { pulseMessage } from './stimulator.fixture.ts';

const channels = 4;
const refusal = (change: Partial<PulseMessage>) => shapeRefusal(pulseMessage(change), channels, virtualLimits);
/** Two phases of the same size. */
const both = (nanoamps: number, microseconds: number): Partial<PulseMessage> => ({
  firstNanoamps: -nanoamps,
  firstMicroseconds: microseconds,
  secondNanoamps: nanoamps,
  secondMicroseconds: microseconds,
});

describe('the limits of the virtual stimulator', () => {
  it('let a pulse through exactly when all of them hold', () => {
    const nanoamps = fc.oneof(fc.integer({ min: -110_000, max: 110_000 }), fc.constantFrom(0, 100_000, 100_001));
    const microseconds = fc.oneof(fc.nat(1100), fc.constantFrom(0, 200, 1000, 1001));
    const shapes = fc.record({
      current: nanoamps,
      width: microseconds,
      gap: fc.nat(110),
      electrode: fc.nat(5),
      error: fc.constantFrom(0, 0, 1),
    });
    fc.assert(
      fc.property(shapes, ({ current, width, gap, electrode, error }) => {
        const shape = { electrode, interphaseMicroseconds: gap, ...both(current, width) };
        const amplitude = Math.abs(current);
        const isAllowed =
          electrode < channels &&
          amplitude > 0 &&
          amplitude <= 100_000 &&
          width > 0 &&
          width <= 1000 &&
          error === 0 &&
          amplitude * width <= 20e6 &&
          gap <= 100;
        expect(refusal({ ...shape, secondMicroseconds: width + error }) === undefined).toBe(isAllowed);
      }),
      { numRuns: 1000 },
    );
  });

  it('are each named at the first step beyond them', () => {
    expect(refusal({ electrode: channels - 1 })).toBeUndefined();
    expect(refusal({ electrode: channels })).toBe('no-such-electrode');
    expect(refusal(both(100_000, 200))).toBeUndefined();
    expect(refusal(both(100_001, 100))).toBe('amplitude');
    expect(refusal(both(0, 100))).toBe('amplitude');
    expect(refusal(both(1000, 1000))).toBeUndefined();
    expect(refusal(both(1000, 1001))).toBe('phase');
    expect(refusal(both(1000, 0))).toBe('phase');
    expect(refusal(both(100_000, 201))).toBe('charge');
    expect(refusal({ interphaseMicroseconds: 100 })).toBeUndefined();
    expect(refusal({ interphaseMicroseconds: 101 })).toBe('interphase');
  });

  it('H58: know the electrodes that there are, and none of the other numbers of 16 bits', () => {
    const allowed = Array.from({ length: 2 ** 16 }, (_, electrode) => electrode).filter(
      (electrode) => refusal({ electrode }) === undefined,
    );
    expect(allowed).toEqual([0, 1, 2, 3]);
  });

  it('H09: let phases of unequal length pass when their charge is equal, and nothing that is off by 1 fC', () => {
    expect(refusal({ secondNanoamps: 250, secondMicroseconds: 400 })).toBeUndefined();
    expect(refusal({ secondNanoamps: -1000 })).toBe('unbalanced');
    expect(refusal({ firstNanoamps: -99_999, firstMicroseconds: 1, secondNanoamps: 1, secondMicroseconds: 1 })).toBe(
      'unbalanced',
    );
    const charge = fc.integer({ min: 1, max: 100_000 });
    const width = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(charge, width, charge, width, (firstNanoamps, firstMicroseconds, nanoamps, secondMicroseconds) => {
        const shape = {
          firstNanoamps: -firstNanoamps,
          firstMicroseconds,
          secondNanoamps: nanoamps,
          secondMicroseconds,
        };
        const isBalanced = BigInt(firstNanoamps * firstMicroseconds) === BigInt(nanoamps) * BigInt(secondMicroseconds);
        expect(refusal(shape) === 'unbalanced').toBe(!isBalanced);
      }),
    );
  });

  it('look at both phases', () => {
    const first = { firstNanoamps: -50_000, firstMicroseconds: 300 };
    expect(refusal({ ...first, secondNanoamps: 150_000, secondMicroseconds: 100 })).toBe('amplitude');
    const short = { firstNanoamps: -2000, firstMicroseconds: 1000 };
    expect(refusal({ ...short, secondNanoamps: 1000, secondMicroseconds: 2000 })).toBe('phase');
  });

  it('refuse numbers whose products a double cannot hold, even when those seem to cancel out', () => {
    const huge = { firstNanoamps: -(2 ** 31), firstMicroseconds: 2 ** 32 - 1 };
    expect(refusal({ ...huge, secondNanoamps: 2 ** 31 - 1, secondMicroseconds: 2 ** 32 - 1 })).toBeDefined();
    expect(refusal({ ...huge, secondNanoamps: 2 ** 31, secondMicroseconds: 2 ** 32 - 1 })).toBe('amplitude');
  });
});
