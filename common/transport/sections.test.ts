import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packSections, unpackSections } from './sections.ts';

describe('sections', () => {
  it('brings header and arrays back, wherever the bytes lie in memory', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.integer({ min: -32768, max: 32767 })),
        fc.array(fc.double()),
        fc.nat(15),
        (text, small, large, shift) => {
          const packed = packSections(
            { text },
            { small: Int16Array.from(small), large: Float64Array.from(large), none: new Uint32Array(0) },
          );
          const elsewhere = new Uint8Array(packed.length + shift).subarray(shift);
          elsewhere.set(packed);
          const { header, arrays } = unpackSections<
            { text: string },
            { small: Int16Array; large: Float64Array; none: Uint32Array }
          >(elsewhere);
          expect(header.text).toBe(text);
          expect([...arrays.small]).toEqual(small);
          expect([...arrays.large]).toEqual(large);
          expect(arrays.none.length).toBe(0);
        },
      ),
    );
  });
});
