// A small pulse and an order for an output, as the virtual stimulator takes them.
import type { EnableMessage, PulseMessage } from '../../common/device-protocol/messages.ts';

/** 1 µA for 100 µs, cathodic first: first of session 1. */
export function pulseMessage(change: Partial<PulseMessage> = {}): PulseMessage {
  return {
    session: 1,
    sequence: 1,
    expiryMicroseconds: Number.MAX_SAFE_INTEGER,
    electrode: 0,
    firstNanoamps: -1000,
    firstMicroseconds: 100,
    interphaseMicroseconds: 0,
    secondNanoamps: 1000,
    secondMicroseconds: 100,
    limitsHashHigh: 1,
    limitsHashLow: 2,
    ...change,
  };
}

/** Session 1 with a lease of a second from device time 0 on. */
export function enableMessage(change: Partial<EnableMessage> = {}): EnableMessage {
  return {
    session: 1,
    leaseExpiryMicroseconds: 1_000_000,
    leaseMicroseconds: 1_000_000,
    limitsHashHigh: 1,
    limitsHashLow: 2,
    isDry: 0,
    ...change,
  };
}
