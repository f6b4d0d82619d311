// The binary messages between a device and its clients: types, layouts, status; used in every process that meets a device.
import { type DeviceOutcome, deviceOutcomes } from './device-outcome.ts';
import type { DeviceStatus } from './device-status.ts';
import { RecordLayout } from './record-layout.ts';

/** First field of HELLO: the letters EXDV. */
export const protocolMagic = 0x56445845;
/** Raised whenever a message changes its meaning; device and client must agree. */
export const protocolVersion = 1;
/** A client opens one connection for each role. Order is on the wire. */
export const roles = ['data', 'control', 'watchdog'] as const;
export type Role = (typeof roles)[number];

/** Longest payload that a client may send, and a device. */
export const clientPayloadMaxBytes = 4096;
export const devicePayloadMaxBytes = 64 * 1024 * 1024;

export const messageTypes = {
  // From a client. The device closes the connection on a message that its role may not send.
  /** Any role, first. Answered by IDENTITY and STATUS. */
  hello: 1,
  /** Data: empty body. */
  start: 2,
  /** Data. */
  requestBlocks: 3,
  /** Control. Answered by STATUS. */
  enable: 4,
  /** Watchdog. Answered by STATUS. */
  renew: 5,
  /** Control. Answered by ACKNOWLEDGEMENT. */
  pulse: 6,
  /** Every connection, even before HELLO. Answered by STATUS. */
  stop: 7,
  /** Control, virtual rigs only: JSON. */
  injectFault: 8,
  // From the device.
  /** JSON. */
  identity: 64,
  /** To control and watchdog. */
  status: 65,
  /** To control. */
  acknowledgement: 66,
  /** To data: header and samples. */
  block: 67,
  /** JSON: the device closes the connection, and why. */
  closing: 68,
} as const;

/** Followed by the token (UTF-8). */
export const helloLayout = new RecordLayout({ magic: 'u32', version: 'u16', role: 'u8' });
export const requestBlocksLayout = new RecordLayout({ count: 'u32' });
/**
 * `leaseExpiryMicroseconds` is absolute device time: a message that was held up cannot turn the output on.
 * `leaseMicroseconds` is the longest time that this and any renewal may reach ahead.
 */
export const enableLayout = new RecordLayout({
  session: 'u64',
  leaseExpiryMicroseconds: 'u64',
  leaseMicroseconds: 'u32',
});
export const renewLayout = new RecordLayout({ session: 'u64', leaseExpiryMicroseconds: 'u64' });
export const stopLayout = new RecordLayout({ session: 'u64' });
/** Two phases, each with its signed current: the device checks for itself that they cancel out. Cathodic is negative. */
export const pulseLayout = new RecordLayout({
  session: 'u64',
  sequence: 'u32',
  expiryMicroseconds: 'u64',
  electrode: 'u16',
  firstNanoamps: 'i32',
  firstMicroseconds: 'u32',
  interphaseMicroseconds: 'u32',
  secondNanoamps: 'i32',
  secondMicroseconds: 'u32',
});
export type PulseMessage = Readonly<NonNullable<ReturnType<typeof pulseLayout.decode>>>;

/** `amplitudeNanoamps` is the magnitude of the first phase. `sampleIndex` is meaningless unless delivered. */
export const acknowledgementLayout = new RecordLayout({
  session: 'u64',
  sequence: 'u32',
  outcome: 'u8',
  electrode: 'u16',
  amplitudeNanoamps: 'u32',
  sampleIndex: 'u64',
});
/** Followed by int16 samples, sample-major. */
export const blockLayout = new RecordLayout({
  firstSample: 'u64',
  acquiredNs: 'u64',
  sampleCount: 'u32',
  channels: 'u16',
});

const statusLayout = new RecordLayout({
  bootNumber: 'u64',
  deviceMicroseconds: 'u64',
  isOutputOn: 'u8',
  session: 'u64',
  burnedSession: 'u64',
  leaseMicroseconds: 'u32',
  leaseRemainingMicroseconds: 'u32',
  lastSequence: 'u32',
  deliveredPulses: 'u32',
  refusedPulses: 'u32',
  enableSession: 'u64',
  enableOutcome: 'u8',
  acquiredSamples: 'u64',
});

export function encodeStatus(status: DeviceStatus): Uint8Array {
  return statusLayout.encode({
    ...status,
    isOutputOn: status.isOutputOn ? 1 : 0,
    enableOutcome: outcomeCode(status.enableOutcome),
  });
}

/** @returns undefined on anything that is not a status. */
export function decodeStatus(body: Uint8Array): DeviceStatus | undefined {
  const record = statusLayout.decodeWhole(body);
  if (record === undefined || record.isOutputOn > 1) return undefined;
  const enableOutcome = deviceOutcomes[record.enableOutcome];
  if (enableOutcome === undefined) return undefined;
  return { ...record, isOutputOn: record.isOutputOn === 1, enableOutcome };
}

export function outcomeCode(outcome: DeviceOutcome): number {
  return deviceOutcomes.indexOf(outcome);
}
