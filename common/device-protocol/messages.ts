// The binary messages between a device and its clients: types, layouts, status; used in every process that meets a device.
import { type DeviceOutcome, deviceOutcomes } from './device-outcome.ts';
import type { DeviceStatus } from './device-status.ts';
import { RecordLayout } from './record-layout.ts';

/** First field of HELLO: the letters EXDV. */
export const protocolMagic = 0x56445845;
/** Raised whenever a message changes its meaning; device and client must agree. */
export const protocolVersion = 4;
/** A client opens one connection for each role. Order is on the wire. */
export const roles = ['data', 'control', 'watchdog'] as const;
export type Role = (typeof roles)[number];

/** Longest payload that a client may send, and a device. */
export const clientPayloadMaxBytes = 4096;
export const devicePayloadMaxBytes = 64 * 1024 * 1024;

export const messageTypes = {
  // From a client. Of a message that its role may not send nothing is executed.
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
  /** Control, while the output is off; empty body. Answered by SELF_TEST_REPORT. */
  selfTest: 9,
  /** Control, while the output is off; devices whose acquisition can be set. Answered by CONFIGURATION. */
  configure: 10,
  /** Control; devices with digital lines. Answered by CONFIGURATION. */
  setDigitalOutputs: 11,
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
  /** JSON, to control. */
  selfTestReport: 69,
  /** Nothing of a message was executed, and why. */
  rejected: 70,
  /** To control: what is in force, read back. */
  configuration: 71,
} as const;

/** Messages that let current flow: they carry a tag that only a client with the token can make. STOP carries none. */
export const taggedTypes: ReadonlySet<number> = new Set([messageTypes.enable, messageTypes.renew, messageTypes.pulse]);

/** Followed by the token (UTF-8). */
export const helloLayout = new RecordLayout({ magic: 'u32', version: 'u16', role: 'u8' });
export const requestBlocksLayout = new RecordLayout({ count: 'u32' });
/**
 * `leaseExpiryMicroseconds` is absolute device time: a message that was held up cannot turn the output on.
 * `leaseMicroseconds` is the longest time that this and any renewal may reach ahead. `isDry` 1: with the output relay open.
 */
export const enableLayout = new RecordLayout({
  session: 'u64',
  leaseExpiryMicroseconds: 'u64',
  leaseMicroseconds: 'u32',
  limitsHashHigh: 'u32',
  limitsHashLow: 'u32',
  isDry: 'u8',
});
export type EnableMessage = Readonly<NonNullable<ReturnType<typeof enableLayout.decode>>>;
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
  limitsHashHigh: 'u32',
  limitsHashLow: 'u32',
});
export type PulseMessage = Readonly<NonNullable<ReturnType<typeof pulseLayout.decode>>>;

/**
 * `amplitudeNanoamps` is the magnitude of the first phase as asked; the hash is that of the command. `sampleIndex` is meaningless
 * unless delivered. Measured, and 0 unless delivered: signed charge of both phases, voltage of the electrode, whether the output
 * stage ran out of it, and, signed, the residual voltage: what stood on the electrode immediately before the pulse began.
 * `startMicroseconds` is device time.
 */
export const acknowledgementLayout = new RecordLayout({
  session: 'u64',
  sequence: 'u32',
  outcome: 'u8',
  electrode: 'u16',
  amplitudeNanoamps: 'u32',
  sampleIndex: 'u64',
  startMicroseconds: 'u64',
  firstFemtocoulombs: 'i64',
  secondFemtocoulombs: 'i64',
  peakMillivolts: 'u32',
  isSaturated: 'u8',
  residualMillivolts: 'i32',
  limitsHashHigh: 'u32',
  limitsHashLow: 'u32',
});
export const configureLayout = new RecordLayout({
  sampleRateHz: 'u32',
  lowCutMillihertz: 'u32',
  highCutHertz: 'u32',
});
export type AcquisitionSettings = Readonly<NonNullable<ReturnType<typeof configureLayout.decode>>>;
/** A bit for each line. */
export const setDigitalOutputsLayout = new RecordLayout({ digitalOutputs: 'u16' });
/** `outputsSetMicroseconds`: device time at which the digital outputs were set last; 0: never. */
export const configurationLayout = new RecordLayout({
  sampleRateHz: 'u32',
  lowCutMillihertz: 'u32',
  highCutHertz: 'u32',
  digitalOutputs: 'u16',
  digitalInputs: 'u16',
  outputsSetMicroseconds: 'u64',
});
export type DeviceConfiguration = Readonly<NonNullable<ReturnType<typeof configurationLayout.decode>>>;
/** `type` of the refused message; `reason` as its place in `frameRejections`. */
export const rejectedLayout = new RecordLayout({ type: 'u8', reason: 'u8' });
/** Followed by int16 samples, sample-major. Both times are those of the newest sample: on the host's clock and on the device's own. */
export const blockLayout = new RecordLayout({
  firstSample: 'u64',
  acquiredNs: 'u64',
  deviceMicroseconds: 'u64',
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
  isEmergencyStopPressed: 'u8',
  isDry: 'u8',
  outputNanoamps: 'i32',
  refusedFrames: 'u32',
  ignoredRenewals: 'u32',
  temperatureDecidegrees: 'i32',
  limitsHashHigh: 'u32',
  limitsHashLow: 'u32',
});

const bit = (value: boolean) => (value ? 1 : 0);

export function encodeStatus(status: DeviceStatus): Uint8Array {
  return statusLayout.encode({
    ...status,
    isOutputOn: bit(status.isOutputOn),
    isEmergencyStopPressed: bit(status.isEmergencyStopPressed),
    isDry: bit(status.isDry),
    enableOutcome: outcomeCode(status.enableOutcome),
    limitsHashHigh: status.limitsHash.high,
    limitsHashLow: status.limitsHash.low,
  });
}

/** @returns undefined on anything that is not a status. */
export function decodeStatus(body: Uint8Array): DeviceStatus | undefined {
  const record = statusLayout.decodeWhole(body);
  if (record === undefined) return undefined;
  const { isOutputOn, isEmergencyStopPressed, isDry, limitsHashHigh, limitsHashLow, ...numbers } = record;
  const enableOutcome = deviceOutcomes[record.enableOutcome];
  if (enableOutcome === undefined || isOutputOn > 1 || isEmergencyStopPressed > 1 || isDry > 1) return undefined;
  return {
    ...numbers,
    isOutputOn: isOutputOn === 1,
    isEmergencyStopPressed: isEmergencyStopPressed === 1,
    isDry: isDry === 1,
    enableOutcome,
    limitsHash: { high: limitsHashHigh, low: limitsHashLow },
  };
}

export function outcomeCode(outcome: DeviceOutcome): number {
  return deviceOutcomes.indexOf(outcome);
}
