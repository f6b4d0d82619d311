import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameLimits, limitsHashFromHex, limitsHashToHex } from './limits-hash.ts';

describe('the hash of the limits on the wire', () => {
  it('is the first eight bytes, in two halves, and back', () => {
    expect(limitsHashFromHex('00000001fffffffe0000')).toEqual({ high: 1, low: 0xffff_fffe });
    const half = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(half, half, (high, low) => {
        const hex = limitsHashToHex({ high, low });
        expect(hex).toMatch(/^[0-9a-f]{16}$/);
        expect(limitsHashFromHex(hex + 'ab'.repeat(24))).toEqual({ high, low });
      }),
    );
  });

  it('is the same only when both halves are', () => {
    expect(isSameLimits({ high: 1, low: 2 }, { high: 1, low: 2 })).toBe(true);
    expect(isSameLimits({ high: 1, low: 2 }, { high: 3, low: 2 })).toBe(false);
    expect(isSameLimits({ high: 1, low: 2 }, { high: 1, low: 3 })).toBe(false);
  });
});
