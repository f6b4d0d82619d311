import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceOutcomes, pulseOutcomes } from './device-outcome.ts';
import { freshSession, sessionMax, type DeviceStatus } from './device-status.ts';
import { decodeClosing, decodeFault, decodeIdentity, decodeSelfTest, encodeJson } from './json-messages.ts';
import { decodeStatus, encodeStatus } from './messages.ts';
import type { SelfTestReport } from './self-test-report.ts';
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
  isEmergencyStopPressed: fc.boolean(),
  isDry: fc.boolean(),
  outputNanoamps: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  refusedFrames: u32,
  ignoredRenewals: u32,
  temperatureDecidegrees: fc.integer({ min: -500, max: 2000 }),
  limitsHash: fc.record({ high: u32, low: u32 }),
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
    const decoders = [decodeStatus, decodeIdentity, decodeFault, decodeClosing, decodeSelfTest];
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
    const places = { isOutputOn: 16, enableOutcome: 61, isEmergencyStopPressed: 70, isDry: 71 };
    expect(decodeStatus(changed(places.isOutputOn, 2))).toBeUndefined();
    expect(decodeStatus(changed(places.enableOutcome, deviceOutcomes.length))).toBeUndefined();
    expect(decodeStatus(changed(places.isEmergencyStopPressed, 2))).toBeUndefined();
    expect(decodeStatus(changed(places.isDry, 2))).toBeUndefined();
  });

  it('carry a report of a self-test there and back, and not one that leaves something out', () => {
    const report: SelfTestReport = {
      serial: 'S1',
      firmware: '1',
      bootNumber: 3,
      limits: {
        amplitudeMaxNanoamps: 1,
        chargePerPhaseMaxFemtocoulombs: 1,
        phaseMaxMicroseconds: 1,
        interphaseMaxMicroseconds: 0,
        rateMaxHz: 1,
        leaseMaxMilliseconds: 1,
        complianceMillivolts: 1,
        simultaneousElectrodesMax: 1,
        totalRateMaxHz: 1,
      },
      isSafetyDisabled: false,
      amplitudeStepNanoamps: 100,
      impedancesOhms: [50_000, 1e9],
      temperatureDecidegrees: -5,
      isEmergencyStopWired: true,
    };
    expect(decodeSelfTest(encodeJson(report))).toEqual(report);
    for (const key of Object.keys(report)) {
      const json = JSON.stringify({ ...report, [key]: undefined });
      expect(decodeSelfTest(new TextEncoder().encode(json)), key).toBeUndefined();
    }
  });

  it('number every outcome on the wire as before, and in the journal too', () => {
    expect(deviceOutcomes.indexOf('refused-on-request')).toBe(16);
    expect(pulseOutcomes.indexOf('refused-on-request')).toBe(16);
    expect(pulseOutcomes.slice(17)).toEqual([
      'too-many-unacknowledged',
      'disconnected',
      'wrong-limits',
      'emergency-stop',
      'simultaneous',
      'total-rate',
      'not-prepared',
      'not-triggered',
    ]);
    for (const outcome of deviceOutcomes) expect(pulseOutcomes).toContain(outcome);
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
