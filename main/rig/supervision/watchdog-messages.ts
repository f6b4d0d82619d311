// Messages between the rig thread and the watchdog thread.
import type { HeardStatus } from '../hardware/device.ts';
import type { WatchdogCause } from './watchdog-round.ts';

/** Where the watchdog opens its own handle. */
export type DeviceAddress = { kind: 'socket'; address: string; token: string };

export type ToWatchdog =
  /** Connects the watchdog's own handle to the stimulator. */
  | { kind: 'attach'; device: DeviceAddress; beatMaxMilliseconds: number }
  /** The session whose lease is to be renewed while `isLeaseWanted`; 0: none. */
  | { kind: 'session'; session: number }
  | { kind: 'detach' }
  | { kind: 'end' };

export type FromWatchdog =
  | { kind: 'attached' }
  /** The session is watched from now on. */
  | { kind: 'guarding'; session: number }
  /** The handle could not be opened, or was lost. */
  | { kind: 'lost'; message: string }
  /** Output stopped of the watchdog's own accord. */
  | { kind: 'stopped'; cause: WatchdogCause; silentMilliseconds: number }
  /** What the device says through this handle. */
  | { kind: 'status'; status: HeardStatus };
