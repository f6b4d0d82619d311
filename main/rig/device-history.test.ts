import { describe, expect, it } from 'vitest';
import { DeviceHistory } from './device-history.ts';
import type { DeviceNews } from '../../common/limits/remembered-device.ts';

function open(isEmergencyStopTried = false) {
  const noted: DeviceNews[] = [];
  const remembered = { impedancesOhms: [5000], isEmergencyStopTried };
  return { noted, history: new DeviceHistory(remembered, { noteDevice: (news) => void noted.push(news) }) };
}

describe('DeviceHistory', () => {
  it('H81: the emergency stop is tried when it was pressed and released, not before', () => {
    const { noted, history } = open();
    const afterHearing = (isEmergencyStopPressed: boolean) => {
      history.hear({ isEmergencyStopPressed });
      return history.isEmergencyStopTried;
    };
    expect([false, true, true].map(afterHearing)).toEqual([false, false, false]);
    expect(noted).toEqual([]);
    expect([false, false].map(afterHearing)).toEqual([true, true]);
    expect(noted).toEqual([{ isEmergencyStopTried: true }]);
  });

  it('H81: knows of a trial in an earlier connection', () => {
    expect(open(true).history.isEmergencyStopTried).toBe(true);
  });

  it('H08: compares with the last self-test, and remembers each', () => {
    const { noted, history } = open();
    expect(history.impedancesOhms).toEqual([5000]);
    history.rememberImpedances([9000]);
    expect(history.impedancesOhms).toEqual([9000]);
    expect(noted).toEqual([{ impedancesOhms: [9000] }]);
  });
});
