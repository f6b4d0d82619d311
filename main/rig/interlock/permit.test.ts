import { describe, expect, it } from 'vitest';
import { insidePermit, insideRequest } from './limits.fixture.ts';
import { issuePermit, type Permit, redeemPermit } from './permit.ts';

describe('a permit', () => {
  it('S02: is good for one pulse', () => {
    const permit = insidePermit();
    expect(redeemPermit(permit)).toBe(true);
    expect(redeemPermit(permit)).toBe(false);
    expect(redeemPermit(permit)).toBe(false);
  });

  it('S01: is worth nothing as a copy, as a likeness and as something built upon it', () => {
    const permit = insidePermit();
    const built: object = Object.create(permit);
    for (const forged of [{ ...permit }, structuredClone({ ...permit }), built, { ...insideRequest }])
      expect(redeemPermit(forged as Permit)).toBe(false);
    expect(redeemPermit(permit)).toBe(true);
  });

  it('S01: cannot be changed, nor can the request in it, also through the one that was asked', () => {
    const asked = { ...insideRequest };
    const permit = issuePermit(asked, 7, 5, 1e6);
    asked.amplitudeNanoamps = 1e9;
    expect(permit).toEqual({ request: insideRequest, sequence: 7, session: 5, expiryNs: 1e6 });
    expect(() => Object.assign(permit, { expiryNs: Infinity })).toThrow(TypeError);
    expect(() => Object.assign(permit.request, { amplitudeNanoamps: 1e9 })).toThrow(TypeError);
    expect(permit).toEqual({ request: insideRequest, sequence: 7, session: 5, expiryNs: 1e6 });
  });

  it('S02: does not use up another one that says the same', () => {
    const [first, second] = [insidePermit(), insidePermit()];
    expect(first).toEqual(second);
    expect(redeemPermit(first)).toBe(true);
    expect(redeemPermit(second)).toBe(true);
    expect(redeemPermit(first)).toBe(false);
  });
});
