import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameHeaderBytes } from '../transport/frame.ts';
import { seal, unseal } from './envelope.ts';

const types = fc.nat(255);
const bodies = fc.uint8Array({ maxLength: 200 });

describe('an envelope', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(types, bodies, (type, body) => {
        const frame = seal(type, body, crc32);
        expect(frame[4]).toBe(type);
        expect(unseal(type, frame.subarray(frameHeaderBytes), crc32)).toEqual(body);
      }),
    );
  });

  it('does not open when a byte was changed, cut off, or the type is another', () => {
    fc.assert(
      fc.property(types, bodies, fc.nat(), fc.integer({ min: 1, max: 255 }), (type, body, place, change) => {
        const payload = seal(type, body, crc32).slice(frameHeaderBytes);
        expect(unseal((type + change) % 256, payload, crc32)).toBeUndefined();
        expect(unseal(type, payload.subarray(1), crc32)).toBeUndefined();
        payload[place % payload.length]! ^= change;
        expect(unseal(type, payload, crc32)).toBeUndefined();
      }),
    );
  });
});
