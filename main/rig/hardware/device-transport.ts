// The byte stream under a device connection: a socket, or two ends in one process; runs in the rig and watchdog threads.

import type { HidFaultCode } from '../../../common/contract/hid-rigs.ts';

/** Each listener is set once, before anything can arrive. */
export interface DeviceTransport {
  /** Sends at once. The bytes must not be changed afterwards. */
  write(bytes: Uint8Array): void;
  /** Closes when all that was written has been sent. */
  close(): void;
  /** Closes at once. */
  destroy(): void;
  /** @param listener gets any part of the stream, valid until it returns */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** @param listener gets what happened, in words, and the fault's name where the line has one; may be called more than once, the first time counts */
  onClosed(listener: (message: string, fault?: HidFaultCode) => void): void;
}
