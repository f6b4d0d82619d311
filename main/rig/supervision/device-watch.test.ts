import { describe, expect, it } from 'vitest';
import type { DeviceStatus } from '../../../common/device-protocol/device-status.ts';
import { offStatus, onStatus } from '../hardware/device-status.fixture.ts';
import { DeviceWatch } from './device-watch.ts';

const millisecond = 1e6;
const periodMicroseconds = 20_000;

/** Statuses come every 20 ms, by both clocks, from the time of connection on. */
function setUp() {
  const watch = new DeviceWatch({ bootNumber: 1, silentMaxNs: 100 * millisecond }, 0);
  let deviceMicroseconds = 0;
  return {
    watch,
    hear(change: Partial<DeviceStatus> = {}, afterMicroseconds = periodMicroseconds) {
      deviceMicroseconds += afterMicroseconds;
      return watch.hear(offStatus({ deviceMicroseconds, ...change }), deviceMicroseconds * 1000);
    },
    nowNs: () => deviceMicroseconds * 1000,
  };
}

const codes = (faults: readonly { code: string }[]) => faults.map(({ code }) => code);

describe('DeviceWatch', () => {
  it('finds nothing wrong with a device that works, on or off', () => {
    const { watch, hear } = setUp();
    for (let round = 0; round < 100; round++) expect(hear()).toEqual([]);
    expect(watch.hear(onStatus(7, { outputNanoamps: 50_000 }), 3e9)).toEqual([]);
  });

  it('reports a pressed emergency stop for as long as it is pressed', () => {
    const { hear } = setUp();
    expect(codes(hear({ isEmergencyStopPressed: true }))).toEqual(['emergency-stop']);
    expect(codes(hear({ isEmergencyStopPressed: true }))).toEqual(['emergency-stop']);
    expect(hear()).toEqual([]);
  });

  it('H03: reports a restart since the connection, and goes on reporting it', () => {
    const { hear } = setUp();
    for (const bootNumber of [2, 2, 0, Number.NaN]) expect(codes(hear({ bootNumber }))).toEqual(['device-rebooted']);
    expect(hear({ bootNumber: 1 })).toEqual([]);
  });

  it.each([
    [450, undefined],
    [451, 45.1],
    [449, undefined],
    [-100, undefined],
    [Number.NaN, Number.NaN],
    [Infinity, Infinity],
  ])('H11: judges a temperature of %d tenths of a degree', (temperatureDecidegrees, value) => {
    const expected =
      value === undefined
        ? []
        : [{ code: 'over-temperature', message: `The stimulator has ${value} °C.`, value, bound: 45, unit: '°C' }];
    expect(setUp().hear({ temperatureDecidegrees })).toEqual(expected);
  });

  it('says everything that one status shows', () => {
    const wrong = { isEmergencyStopPressed: true, bootNumber: 5, temperatureDecidegrees: 500 };
    expect(codes(setUp().hear(wrong))).toEqual(['emergency-stop', 'device-rebooted', 'over-temperature']);
  });

  describe('of a current with the output off', () => {
    it('H01: reports it at the second measurement, in either direction, until it is gone', () => {
      for (const sign of [1, -1]) {
        const { hear } = setUp();
        expect(hear({ outputNanoamps: sign * 2500 })).toEqual([]);
        const message = `${sign < 0 ? '-' : ''}2.50 µA flow although the stimulator’s output is off.`;
        const fault = { code: 'unexpected-output', message, value: sign * 2.5, bound: 0.1, unit: 'µA' };
        expect(hear({ outputNanoamps: sign * 2500 })).toEqual([fault]);
        expect(hear({ outputNanoamps: sign * 2500 })).toEqual([fault]);
        expect(hear()).toEqual([]);
        expect(hear({ outputNanoamps: sign * 2500 })).toEqual([]);
      }
    });

    it.each([
      [100, false],
      [-100, false],
      [101, true],
      [-101, true],
      [99, false],
      [Number.NaN, true],
    ])('H01: takes %d nA for a current: %s', (outputNanoamps, isCurrent) => {
      const { hear } = setUp();
      hear({ outputNanoamps });
      expect(codes(hear({ outputNanoamps }))).toEqual(isCurrent ? ['unexpected-output'] : []);
    });

    it('H01: takes a status that is heard through both handles for one measurement', () => {
      const { hear } = setUp();
      expect(hear({ outputNanoamps: -5000 })).toEqual([]);
      expect(hear({ outputNanoamps: -5000 }, 0)).toEqual([]);
      expect(codes(hear({ outputNanoamps: -5000 }))).toEqual(['unexpected-output']);
    });

    it('does not mind the end of a pulse that was under way when the output went off', () => {
      const { hear } = setUp();
      expect(hear({ isOutputOn: true, outputNanoamps: -5000 })).toEqual([]);
      expect(hear({ outputNanoamps: 5000 })).toEqual([]);
      expect(hear()).toEqual([]);
      expect(hear({ outputNanoamps: 5000 })).toEqual([]);
      expect(hear({ isOutputOn: true, outputNanoamps: 5000 })).toEqual([]);
      expect(hear({ outputNanoamps: 5000 })).toEqual([]);
    });
  });

  describe('of damaged messages', () => {
    const fault = (value: number, what: string) => ({
      code: 'bad-frames',
      message: `${value} messages ${what} within a second.`,
      value,
      bound: 3,
      unit: 'in 1 s',
    });

    it('H18: reports the third that the device sent within a second', () => {
      const { watch } = setUp();
      expect(watch.noteBadFrame(0)).toBeUndefined();
      expect(watch.noteBadFrame(500 * millisecond)).toBeUndefined();
      expect(watch.noteBadFrame(1000 * millisecond - 1)).toEqual(fault(3, 'from the stimulator were damaged'));
    });

    it('H18: forgets one after a second', () => {
      const { watch } = setUp();
      watch.noteBadFrame(0);
      watch.noteBadFrame(500 * millisecond);
      expect(watch.noteBadFrame(1000 * millisecond)).toBeUndefined();
      expect(watch.noteBadFrame(1200 * millisecond)).toEqual(fault(3, 'from the stimulator were damaged'));
    });

    it('H18: counts those at a time that is no number as within the second', () => {
      const { watch } = setUp();
      watch.noteBadFrame(Number.NaN);
      watch.noteBadFrame(Number.NaN);
      expect(watch.noteBadFrame(Number.NaN)).toMatchObject({ code: 'bad-frames' });
    });

    it('H18: counts what the device refused since the status before', () => {
      const { hear } = setUp();
      // What came before this connection is nobody's fault here.
      expect(hear({ refusedFrames: 90 })).toEqual([]);
      expect(hear({ refusedFrames: 92 })).toEqual([]);
      expect(hear({ refusedFrames: 92 })).toEqual([]);
      expect(hear({ refusedFrames: 93 })).toEqual([fault(3, 'to the stimulator were damaged or forged')]);
    });

    it('H18: reports a burst at once and counts its frames up to the bound only', () => {
      const { hear } = setUp();
      hear();
      expect(hear({ refusedFrames: 2 ** 32 - 1 })).toEqual([fault(3, 'to the stimulator were damaged or forged')]);
      expect(hear({ refusedFrames: 2 ** 32 - 1 })).toEqual([]);
    });

    it('H18: adds up what both sides dropped', () => {
      const { watch, hear, nowNs } = setUp();
      hear();
      hear({ refusedFrames: 2 });
      expect(watch.noteBadFrame(nowNs())).toEqual(fault(3, 'from the stimulator were damaged'));
    });

    it('begins the count anew when the device’s counter does', () => {
      const { hear } = setUp();
      hear({ refusedFrames: 50 });
      expect(hear({ refusedFrames: 0 })).toEqual([]);
      expect(hear({ refusedFrames: 2 })).toEqual([]);
      expect(codes(hear({ refusedFrames: 3 }))).toEqual(['bad-frames']);
    });
  });

  describe('of silence', () => {
    it.each([
      [99, undefined],
      [100, undefined],
      [100.000_001, 100.000_001],
      [Number.NaN, Number.NaN],
    ])('H20: judges %d ms without a word', (silentMilliseconds, value) => {
      const { watch, hear, nowNs } = setUp();
      hear();
      const fault = watch.checkSilence(nowNs() + silentMilliseconds * millisecond);
      if (value === undefined) expect(fault).toBeUndefined();
      else {
        const message = `The stimulator has said nothing for ${value.toFixed(0)} ms.`;
        expect(fault).toEqual({ code: 'device-silent', message, value, bound: 100, unit: 'ms' });
      }
    });

    it('H20: counts from the connection while nothing has been heard', () => {
      const { watch } = setUp();
      expect(watch.heardNs).toBe(0);
      expect(watch.checkSilence(100 * millisecond)).toBeUndefined();
      expect(watch.checkSilence(101 * millisecond)).toMatchObject({ code: 'device-silent' });
    });

    it('H07: ends with the next status, whatever it says', () => {
      const { watch, hear, nowNs } = setUp();
      expect(watch.checkSilence(1e9)).toMatchObject({ code: 'device-silent' });
      hear({ isEmergencyStopPressed: true });
      expect(watch.heardNs).toBe(nowNs());
      expect(watch.checkSilence(nowNs() + 50 * millisecond)).toBeUndefined();
    });

    it('H07: a status of a time that is no number counts as none', () => {
      const { watch } = setUp();
      watch.hear(offStatus(), Number.NaN);
      expect(watch.checkSilence(1)).toMatchObject({ code: 'device-silent' });
    });
  });
});
