import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { struct } from './struct.ts';

const layout = struct({
  time: 'f64',
  level: 'f32',
  current: 'i32',
  count: 'u32',
  electrode: 'u16',
  kind: 'u8',
  flag: 'u8',
});

describe('a fixed layout', () => {
  it('places its fields one behind the other, little-endian, whatever the order of the values', () => {
    expect(layout.bytes).toBe(24);
    const bytes = new Uint8Array(24);
    layout.write(new DataView(bytes.buffer), 0, {
      flag: 1,
      kind: 2,
      electrode: 0x0304,
      count: 5,
      current: -6,
      level: 0.5,
      time: 1,
    });
    expect([...bytes]).toEqual([
      0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0x3f, 0xfa, 0xff, 0xff, 0xff, 5, 0, 0, 0, 4, 3, 2, 1,
    ]);
  });

  it('reads back at any place what was written there, and touches nothing beside it', () => {
    const value = fc.record({
      time: fc.double({ noNaN: true }),
      level: fc.float({ noNaN: true }),
      current: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      count: fc.nat(2 ** 32 - 1),
      electrode: fc.nat(0xffff),
      kind: fc.nat(0xff),
      flag: fc.nat(0xff),
    });
    fc.assert(
      fc.property(value, fc.nat(40), (written, at) => {
        const bytes = new Uint8Array(80).fill(0xaa);
        const view = new DataView(bytes.buffer);
        layout.write(view, at, written);
        expect(layout.read(view, at)).toEqual(written);
        expect([...bytes.subarray(0, at), ...bytes.subarray(at + 24)]).toEqual(new Array(56).fill(0xaa));
      }),
    );
  });

  it('holds signed integers of 64 bits in two’s complement, as far as a double is exact', () => {
    const signed = struct({ charge: 'i64' });
    const view = new DataView(new ArrayBuffer(8));
    const safe = fc.oneof(
      fc.maxSafeInteger(),
      fc.constantFrom(0, -1, 1, 2 ** 32, -(2 ** 32), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
    );
    fc.assert(
      fc.property(safe, (charge) => {
        signed.write(view, 0, { charge });
        expect(view.getBigInt64(0, true)).toBe(BigInt(charge));
        expect(signed.read(view, 0).charge).toBe(charge);
      }),
    );
  });
});
