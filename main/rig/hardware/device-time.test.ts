import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeviceTime } from './device-time.ts';

describe('the device’s time, as the host knows it', () => {
  it('goes on from the newest pair when it is the least late, in whole microseconds', () => {
    const time = new DeviceTime();
    expect(time.newest).toEqual({ deviceMicroseconds: 0, hostNs: 0 });
    time.note(500, 1_000_000);
    expect(time.newest).toEqual({ deviceMicroseconds: 500, hostNs: 1_000_000 });
    expect([1_000_000, 1_000_999, 1_002_000, 999_999].map((hostNs) => time.toDevice(hostNs))).toEqual([
      500, 500, 501, 499,
    ]);
    time.note(1600, 2_000_000);
    expect(time.toDevice(2_004_000)).toBe(1603);
  });

  it('goes on from an older pair while a newer one was on its way for longer, less the drift, for a second', () => {
    const time = new DeviceTime();
    time.note(1_000_000, 0);
    time.note(1_010_000, 100e6);
    expect(time.newest).toEqual({ deviceMicroseconds: 1_010_000, hostNs: 100e6 });
    expect(time.toDevice(100e6)).toBe(1_099_950);
    time.note(1_990_000, 1e9);
    expect(time.toDevice(1e9)).toBe(1_990_000);
  });

  it('tells when something happened on the device: as late as the least late message was, never after now', () => {
    const time = new DeviceTime();
    time.note(1000, 5_000_000);
    time.note(2000, 7_000_000);
    expect(time.toHost(2000, 7_000_000)).toBe(6_000_000);
    expect(time.toHost(9000, 7_000_000)).toBe(7_000_000);
  });

  it('H03: forgets at once what it knew of a clock that has gone back, as that of a device that has restarted', () => {
    const time = new DeviceTime();
    time.note(900_000_000, 100e6);
    time.note(3000, 110e6);
    expect(time.toDevice(110e6)).toBe(3000);
    expect(time.toDevice(120e6)).toBe(12_995);
  });

  it('is never below zero: a moment before the device’s clock began is as past as any', () => {
    const time = new DeviceTime();
    time.note(5, 1_000_000);
    expect(time.toDevice(0)).toBe(0);
  });

  it('H22: is never later than the truth, however long messages were on their way', () => {
    const delays = fc.array(fc.record({ pauseNs: fc.nat(50_000_000), delayNs: fc.nat(3_000_000_000) }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(delays, fc.maxSafeNat(), fc.nat(1_000_000_000), (messages, offset, laterNs) => {
        const trueMicroseconds = (hostNs: number) => Math.floor(hostNs / 1000) + Math.floor(offset / 4);
        const time = new DeviceTime();
        let sentNs = 0;
        let heardNs = 0;
        for (const { pauseNs, delayNs } of messages) {
          sentNs += pauseNs;
          heardNs = Math.max(heardNs, sentNs + delayNs);
          time.note(trueMicroseconds(sentNs), heardNs);
          const hostNs = heardNs + laterNs;
          expect(time.toDevice(hostNs)).toBeLessThanOrEqual(trueMicroseconds(hostNs));
        }
      }),
    );
  });
});
