// What a device reports on each change and every 20 ms, and the rule for a fresh session number; used in every process that meets a device.
import { assert } from '../base/assert.ts';
import type { LimitsHash } from './limits-hash.ts';
import type { DeviceOutcome } from './device-outcome.ts';

/** `isOutputOn` implies `session > burnedSession`. All times in device time. */
export interface DeviceStatus {
  /** Differs from one start of the device to the next. */
  readonly bootNumber: number;
  readonly deviceMicroseconds: number;
  readonly isOutputOn: boolean;
  /** The session that was enabled last, 0 before the first. */
  readonly session: number;
  /** This session and all below it can never drive an electrode again. A stop is complete only with output off and this ≥ the stopped session. */
  readonly burnedSession: number;
  /** Length of the lease of `session`; 0 before the first. */
  readonly leaseMicroseconds: number;
  /** 0 while the output is off. */
  readonly leaseRemainingMicroseconds: number;
  /** Last sequence number seen in the session. */
  readonly lastSequence: number;
  /** Pulses since the device started. */
  readonly deliveredPulses: number;
  readonly refusedPulses: number;
  /** Session and outcome of the newest ENABLE; 0 and 'output-off' before the first. 'delivered' means accepted. */
  readonly enableSession: number;
  readonly enableOutcome: DeviceOutcome;
  /** Samples acquired per channel so far. */
  readonly acquiredSamples: number;
  readonly isEmergencyStopPressed: boolean;
  /** The output relay is open: pulses go into the device's own reference load. */
  readonly isDry: boolean;
  /** Measured now, signed; 0 between pulses. */
  readonly outputNanoamps: number;
  /** Messages of which nothing was executed: damaged, forged, not permitted. */
  readonly refusedFrames: number;
  /** Renewals that came too soon after the one before. */
  readonly ignoredRenewals: number;
  readonly temperatureDecidegrees: number;
  /** Of the current session. */
  readonly limitsHash: LimitsHash;
}

/** Of a device that has never been enabled. */
export const neverEnabled: DeviceStatus = {
  bootNumber: 0,
  deviceMicroseconds: 0,
  isOutputOn: false,
  session: 0,
  burnedSession: 0,
  leaseMicroseconds: 0,
  leaseRemainingMicroseconds: 0,
  lastSequence: 0,
  deliveredPulses: 0,
  refusedPulses: 0,
  enableSession: 0,
  enableOutcome: 'output-off',
  acquiredSamples: 0,
  isEmergencyStopPressed: false,
  isDry: false,
  outputNanoamps: 0,
  refusedFrames: 0,
  ignoredRenewals: 0,
  temperatureDecidegrees: 0,
  limitsHash: { high: 0, low: 0 },
};

/** Largest session number: an integer that a double holds exactly. */
export const sessionMax = Number.MAX_SAFE_INTEGER;

/**
 * A session number that the device will accept once: above all it has seen, with a random gap so that two programs do not make the same one.
 * @param random uniform in [0, 1)
 */
export function freshSession(status: Pick<DeviceStatus, 'session' | 'burnedSession'>, random: () => number): number {
  const session = Math.max(status.session, status.burnedSession) + 1 + Math.floor(random() * 2 ** 32);
  assert(session <= sessionMax, 'the session numbers of this device are used up');
  return session;
}
