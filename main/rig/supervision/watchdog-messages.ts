// Messages between the rig thread and the watchdog thread.
import type { DeviceStatus } from '../../../common/device-protocol/device-status.ts';

export type ToWatchdog =
  /** Connects the watchdog's own handle to the stimulator. */
  | { kind: 'attach'; address: string; token: string; beatMaxMilliseconds: number }
  /** The session whose lease is to be renewed while `isLeaseWanted`; 0: none. */
  | { kind: 'session'; session: number }
  | { kind: 'detach' }
  | { kind: 'end' };

export type FromWatchdog =
  | { kind: 'attached' }
  /** The handle could not be opened, or was lost. */
  | { kind: 'lost'; message: string }
  /** The rig thread was late: output stopped. */
  | { kind: 'stopped'; silentMilliseconds: number }
  /** What the device says through this handle. */
  | { kind: 'status'; status: DeviceStatus };
