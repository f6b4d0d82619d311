import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceOutcomes } from './device-outcome.ts';
import { freshSession, sessionMax, type DeviceStatus } from './device-status.ts';
import { decodeClosing, decodeFault, decodeIdentity, encodeJson } from './json-messages.ts';
import { decodeStatus, encodeStatus } from './messages.ts';
import { virtualFaultSchema } from './virtual-fault.ts';

const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const statuses: fc.Arbitrary<DeviceStatus> = fc.record({
  bootNumber: fc.maxSafeNat(),
  deviceMicroseconds: fc.maxSafeNat(),
  isOutputOn: fc.boolean(),
  session: fc.maxSafeNat(),
  burnedSession: fc.maxSafeNat(),
  leaseMicroseconds: u32,
  leaseRemainingMicroseconds: u32,
  lastSequence: u32,
  deliveredPulses: u32,
  refusedPulses: u32,
  enableSession: fc.maxSafeNat(),
  enableOutcome: fc.constantFrom(...deviceOutcomes),
  acquiredSamples: fc.maxSafeNat(),
});

describe('device messages', () => {
  it('carry a status there and back', () => {
    fc.assert(
      fc.property(statuses, (status) => {
        expect(decodeStatus(encodeStatus(status))).toEqual(status);
      }),
    );
  });

  it('of random bytes are read as nothing, and never throw', () => {
    const decoders = [decodeStatus, decodeIdentity, decodeFault, decodeClosing];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), (body) => {
        for (const decode of decoders) expect(decode(body)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        for (const decode of decoders) expect(decode(new TextEncoder().encode(json))).toBeUndefined();
      }),
    );
  });

  it('do not read an unknown outcome or a flag that is neither 0 nor 1', () => {
    const [status] = fc.sample(statuses, 1);
    const body = encodeStatus(status!);
    const changed = (at: number, value: number) =>
      Uint8Array.from(body, (byte, place) => (place === at ? value : byte));
    expect(decodeStatus(changed(16, 2))).toBeUndefined();
    expect(decodeStatus(changed(body.length - 9, deviceOutcomes.length))).toBeUndefined();
  });

  it('carry a requested fault with its defaults', () => {
    const body = encodeJson(virtualFaultSchema.parse({ fault: 'refuse' }));
    expect(decodeFault(body)).toEqual({ fault: 'refuse', pulses: 1 });
  });
});

describe('a fresh session number', () => {
  it('is above all that the device has seen and still an exact integer', () => {
    const seen = fc.integer({ min: 0, max: sessionMax - 2 ** 33 });
    fc.assert(
      fc.property(
        seen,
        seen,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (session, burned, random) => {
          const fresh = freshSession({ session, burnedSession: burned }, () => random);
          expect(fresh).toBeGreaterThan(Math.max(session, burned));
          expect(Number.isSafeInteger(fresh)).toBe(true);
        },
      ),
    );
  });
});
