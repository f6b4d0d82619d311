import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  frameHeaderBytes,
  frameMagic,
  framedBytes,
  journalFileHeader,
  payloadMaxBytes,
  readFrame,
  sealFrame,
  writeFrameHeader,
} from './frame.ts';

/** A sealed frame at `at` in a buffer of its own. */
function sealed(type: number, payload: Uint8Array, sequence: number, hostNs: number, at = 0) {
  const bytes = new Uint8Array(at + framedBytes(payload.length));
  const view = new DataView(bytes.buffer);
  writeFrameHeader(view, at, type, payload.length, sequence, hostNs);
  bytes.set(payload, at + frameHeaderBytes);
  const end = sealFrame(bytes, view, at, crc32);
  return { bytes, view, end };
}

const anyFrame = fc.tuple(fc.nat(0xffff), fc.uint8Array({ maxLength: 50 }), fc.maxSafeNat(), fc.maxSafeNat());

describe('a frame of the journal', () => {
  it('is read back as it was sealed, at any place', () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(6), ([type, payload, sequence, hostNs], eights) => {
        const at = eights * 8;
        const { bytes, view, end } = sealed(type, payload, sequence, hostNs, at);
        expect(end).toBe(bytes.length);
        expect(readFrame(bytes, view, at, crc32)).toEqual({ type, sequence, hostNs, payload, end });
      }),
    );
  });

  it('takes a multiple of eight bytes', () => {
    expect([0, 1, 7, 8, 9].map(framedBytes)).toEqual([32, 40, 40, 40, 48]);
  });

  it('is not believed when any bit of it has flipped', () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(), ([type, payload, sequence, hostNs], where) => {
        const { bytes, view } = sealed(type, payload, sequence, hostNs);
        const bit = where % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(['damaged', 'incomplete']).toContain(readFrame(bytes, view, 0, crc32));
      }),
      { numRuns: 1000 },
    );
  });

  it('is incomplete when its end is missing', () => {
    const { bytes } = sealed(3, Uint8Array.of(1, 2, 3), 4, 5);
    for (let length = 0; length < bytes.length; length++) {
      const part = bytes.slice(0, length);
      expect(readFrame(part, new DataView(part.buffer), 0, crc32)).toBe('incomplete');
    }
  });

  it('is not believed when it claims more than any frame may hold', () => {
    const bytes = new Uint8Array(64);
    const view = new DataView(bytes.buffer);
    writeFrameHeader(view, 0, 1, payloadMaxBytes + 1, 0, 0);
    expect(readFrame(bytes, view, 0, crc32)).toBe('damaged');
    writeFrameHeader(view, 0, 1, payloadMaxBytes, 0, 0);
    expect(readFrame(bytes, view, 0, crc32)).toBe('incomplete');
  });

  it('begins with EXJF, and the file with EXOJRNL1 and version 1', () => {
    const { bytes } = sealed(1, new Uint8Array(), 0, 0);
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('EXJF');
    expect(frameMagic).toBe(0x464a5845);
    expect([...journalFileHeader()]).toEqual([...new TextEncoder().encode('EXOJRNL1'), 1, 0, 0, 0, 0, 0, 0, 0]);
  });
});
