// Messages between the rig thread and the watchdog thread.
import type { HidFaultCode } from '../../../common/contract/hid-rigs.ts';
import type { HeardStatus } from '../hardware/device.ts';
import type { WatchdogCause } from './watchdog-round.ts';

/** Where the watchdog opens its own handle. */
export type HandleAddress =
  { kind: 'socket'; address: string; token: string } | { kind: 'hid-rig'; serialNumber: string; token: string };

/** `by-hand`: a stimulator without a lease, which gives nothing that the rig thread does not trigger; there is no second handle, and a rig thread that hangs triggers nothing. */
export type DeviceAddress = HandleAddress | { kind: 'by-hand' };

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
  | { kind: 'lost'; message: string; fault?: HidFaultCode }
  /** Output stopped of the watchdog's own accord. */
  | { kind: 'stopped'; cause: WatchdogCause; silentMilliseconds: number }
  /** What the device says through this handle. */
  | { kind: 'status'; status: HeardStatus };
