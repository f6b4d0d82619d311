// The band-pass is scipy's, and a band-pass.
import { describe, expect, test } from 'vitest';
import { designButterworthBandPass } from './butterworth-band-pass.ts';
import golden from './butterworth-band-pass.golden.json' with { type: 'json' };

/** Transposed direct form II, as scipy's sosfilt. */
function impulseResponse(sections: Float64Array, length: number): number[] {
  const delays = new Float64Array(sections.length);
  return Array.from({ length }, (_, index) => {
    let value = index === 0 ? 1 : 0;
    for (let at = 0; at < sections.length; at += 5) {
      const [b0 = 0, b1 = 0, b2 = 0, a1 = 0, a2 = 0] = sections.subarray(at, at + 5);
      const output = b0 * value + delays[at]!;
      delays[at] = b1 * value - a1 * output + delays[at + 1]!;
      delays[at + 1] = b2 * value - a2 * output;
      value = output;
    }
    return value;
  });
}

function gainAt(sections: Float64Array, frequencyHz: number, sampleRateHz: number): number {
  const angle = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const modulus = (c0: number, c1: number, c2: number) =>
    Math.hypot(c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle), c1 * Math.sin(angle) + c2 * Math.sin(2 * angle));
  let gain = 1;
  for (let at = 0; at < sections.length; at += 5) {
    const [b0 = 0, b1 = 0, b2 = 0, a1 = 0, a2 = 0] = sections.subarray(at, at + 5);
    gain *= modulus(b0, b1, b2) / modulus(1, a1, a2);
  }
  return gain;
}

describe('the Butterworth band-pass', () => {
  describe.each(golden.designs)(
    'of order $order from $lowCutoffHz to $highCutoffHz Hz at $sampleRateHz Hz',
    ({ order, lowCutoffHz, highCutoffHz, sampleRateHz, denominators, impulseResponse: expected }) => {
      const sections = designButterworthBandPass(order, lowCutoffHz, highCutoffHz, sampleRateHz);

      test('has the poles that scipy gives it', () => {
        const ours = denominators.map((_, index) => [...sections.subarray(5 * index + 3, 5 * index + 5)]);
        const sortedByLast = (pairs: number[][]) => pairs.toSorted((a, b) => a[1]! - b[1]!).flat();
        for (const [index, value] of sortedByLast(denominators).entries()) {
          expect(sortedByLast(ours)[index]).toBeCloseTo(value, 11);
        }
      });

      test('answers an impulse as scipy does', () => {
        const ours = impulseResponse(sections, expected.length);
        for (const [index, value] of expected.entries()) expect(ours[index]).toBeCloseTo(value, 11);
      });

      test('passes half the power at both edges', () => {
        expect(gainAt(sections, lowCutoffHz, sampleRateHz)).toBeCloseTo(Math.SQRT1_2, 9);
        expect(gainAt(sections, highCutoffHz, sampleRateHz)).toBeCloseTo(Math.SQRT1_2, 9);
      });
    },
  );

  test('refuses a band that the sample rate cannot hold', () => {
    expect(() => designButterworthBandPass(2, 300, 20_000, 40_000)).toThrow('half the sample rate');
  });
});
