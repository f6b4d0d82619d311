// Statuses as a stimulator that works sends them.
import { type DeviceStatus, neverEnabled } from '../../../common/device-protocol/device-status.ts';
import type { HeardStatus } from './device.ts';

/** Of a device with its output off that has never been enabled. */
export function offStatus(change: Partial<DeviceStatus> = {}): DeviceStatus {
  return {
    ...neverEnabled,
    bootNumber: 1,
    temperatureDecidegrees: 280,
    limitsHash: { high: 1, low: 2 },
    ...change,
  };
}

/** Of a device whose output is on for `session`, with a lease of 100 ms. */
export function onStatus(session: number, change: Partial<DeviceStatus> = {}): DeviceStatus {
  return offStatus({
    isOutputOn: true,
    session,
    burnedSession: session - 1,
    leaseMicroseconds: 100_000,
    leaseRemainingMicroseconds: 100_000,
    enableSession: session,
    enableOutcome: 'delivered',
    ...change,
  });
}

/** @param receivedNs host monotonic ns. */
export function heardAt(receivedNs: number, status: DeviceStatus): HeardStatus {
  return { ...status, receivedNs };
}
