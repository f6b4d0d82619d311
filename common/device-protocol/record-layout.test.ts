import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Defect } from '../base/assert.ts';
import { RecordLayout } from './record-layout.ts';

const layout = new RecordLayout({ a: 'u8', b: 'u16', c: 'i32', d: 'u64', e: 'u32', f: 'i64' });
const records = fc.record({
  a: fc.integer({ min: 0, max: 255 }),
  b: fc.integer({ min: 0, max: 65_535 }),
  c: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  d: fc.maxSafeNat(),
  e: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  f: fc.maxSafeInteger(),
});

describe('a record layout', () => {
  it('reads what it has written, at any place in memory and with whatever follows', () => {
    fc.assert(
      fc.property(records, fc.uint8Array({ maxLength: 9 }), fc.nat(7), (record, tail, offset) => {
        const body = layout.encode(record, tail);
        const moved = new Uint8Array(offset + body.length).subarray(offset);
        moved.set(body);
        expect(layout.decode(moved)).toEqual(record);
        expect(moved.subarray(layout.bytes)).toEqual(tail);
        expect(layout.decodeWhole(moved)).toEqual(tail.length === 0 ? record : undefined);
      }),
    );
  });

  it('packs its fields little-endian and without padding', () => {
    const body = layout.encode({ a: 1, b: 0x0203, c: -2, d: 2 ** 40 + 5, e: 0xfffefdfc, f: -3 });
    expect([...body.subarray(0, 19)]).toEqual([
      1, 3, 2, 0xfe, 0xff, 0xff, 0xff, 5, 0, 0, 0, 0, 1, 0, 0, 0xfc, 0xfd, 0xfe, 0xff,
    ]);
    expect([...body.subarray(19)]).toEqual([0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
  });

  it('refuses to write what a field cannot hold instead of wrapping it around', () => {
    const record = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 };
    const tooLarge = [{ a: 256 }, { b: -1 }, { c: 2 ** 31 }, { d: 2 ** 53 }, { e: 2 ** 32 }, { f: -(2 ** 53) }];
    const wrong = [...tooLarge, { a: 0.5 }, { c: NaN }, { d: Infinity }];
    for (const part of wrong) expect(() => layout.encode({ ...record, ...part })).toThrow(Defect);
    expect(() => layout.encode({ ...record, a: 256 })).toThrow('a 256 does not fit into u8');
  });

  it('reads nothing from a body that is too short or holds a number beyond ±2⁵³', () => {
    const body = layout.encode({ a: 1, b: 2, c: 3, d: 4, e: 5, f: -6 });
    for (let length = 0; length < body.length; length++)
      expect(layout.decode(body.subarray(0, length))).toBeUndefined();
    const changed = (at: number, value: number) => body.map((byte, place) => (place === at ? value : byte));
    expect(layout.decode(changed(14, 0x20))).toBeUndefined();
    expect(layout.decode(changed(26, 0x80))).toBeUndefined();
  });
});
