import { describe, expect, it } from 'vitest';
import { benchParts, partsOf } from './parts.ts';

describe('partsOf', () => {
  it('takes all parts when none is named', () => expect(partsOf(undefined)).toBe(benchParts));

  it('takes the named ones in any case, in the order of the bench', () =>
    expect(partsOf('loop, CUBA,loop')).toEqual(['cuba', 'loop']));

  it.each(['cubes', 'cuba,', ''])("refuses '%s'", (text) => expect(() => partsOf(text)).toThrow(RangeError));
});
