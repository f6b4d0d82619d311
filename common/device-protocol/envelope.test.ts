import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameHeaderBytes } from '../transport/frame.ts';
import { seal, type Seals, tagBytes, unseal } from './envelope.ts';
import { messageTypes, taggedTypes } from './messages.ts';

function sealsOf(key: string): Seals {
  return {
    checksum: crc32,
    authenticate: (type, body) =>
      createHmac('sha256', key).update(Uint8Array.of(type)).update(body).digest().subarray(0, tagBytes),
  };
}

const seals = sealsOf('token');
const types = fc.oneof(fc.nat(255), fc.constantFrom(...taggedTypes));
const tagged = fc.constantFrom(...taggedTypes);
const bodies = fc.uint8Array({ maxLength: 200 });
const payloadOf = (frame: Uint8Array) => frame.slice(frameHeaderBytes);

/** The payload with a right checksum over whatever it holds otherwise. */
function withChecksum(type: number, sealed: Uint8Array): Uint8Array {
  const payload = new Uint8Array(sealed.length + 4);
  payload.set(sealed);
  new DataView(payload.buffer).setUint32(sealed.length, crc32(sealed, type), true);
  return payload;
}

describe('an envelope', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(types, bodies, (type, body) => {
        const frame = seal(type, body, seals);
        expect(frame[4]).toBe(type);
        expect(unseal(type, payloadOf(frame), seals)).toEqual(body);
      }),
    );
  });

  it('carries a tag exactly where a message lets current flow, and none where it stops', () => {
    expect([...taggedTypes].sort()).toEqual([messageTypes.enable, messageTypes.renew, messageTypes.pulse]);
    const lengthOf = (type: number) => seal(type, new Uint8Array(10), seals).length - frameHeaderBytes;
    expect(lengthOf(messageTypes.pulse)).toBe(10 + 16 + 4);
    expect(lengthOf(messageTypes.stop)).toBe(10 + 4);
  });

  it('H18: does not open when a byte was changed, cut off, or the type is another', () => {
    fc.assert(
      fc.property(types, bodies, fc.nat(), fc.integer({ min: 1, max: 255 }), (type, body, place, change) => {
        const payload = payloadOf(seal(type, body, seals));
        expect(unseal((type + change) % 256, payload, seals)).toBe('checksum');
        expect(unseal(type, payload.subarray(1), seals)).toBe('checksum');
        payload[place % payload.length]! ^= change;
        expect(unseal(type, payload, seals)).toBe('checksum');
      }),
    );
    for (let bytes = 0; bytes < 4; bytes++) expect(unseal(1, new Uint8Array(bytes), seals)).toBe('checksum');
  });

  it('H66: of a command does not open without the token, even when its checksum is right', () => {
    fc.assert(
      fc.property(tagged, bodies, fc.nat(), fc.integer({ min: 1, max: 255 }), (type, body, place, change) => {
        expect(unseal(type, payloadOf(seal(type, body, sealsOf('guess'))), seals)).toBe('forged');
        const sealed = payloadOf(seal(type, body, seals)).slice(0, -4);
        sealed[place % sealed.length]! ^= change;
        expect(unseal(type, withChecksum(type, sealed), seals)).toBe('forged');
      }),
    );
    for (const bytes of [0, 1, tagBytes - 1]) {
      const payload = withChecksum(messageTypes.pulse, new Uint8Array(bytes));
      expect(unseal(messageTypes.pulse, payload, seals)).toBe('forged');
    }
  });

  it('H66: of one kind of command is worth nothing as another kind', () => {
    const body = new Uint8Array(16);
    const renewal = payloadOf(seal(messageTypes.renew, body, seals)).slice(0, -4);
    expect(unseal(messageTypes.pulse, withChecksum(messageTypes.pulse, renewal), seals)).toBe('forged');
  });
});
