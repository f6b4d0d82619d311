// The HID reports that carry a device's frames and samples: one layout for the driver, the tests and the board (resources/protocol/hid-rig.md).
import type { Checksum } from './envelope.ts';
import { RecordLayout } from './record-layout.ts';
import { roles, type Role } from './messages.ts';

export const reportBytesMin = 64;
export const reportBytesMax = 1024;
const headerBytes = 6;
const checksumBytes = 4;
/** Of a report, header and checksum; the rest is payload. */
export const reportOverheadBytes = headerBytes + checksumBytes;
/** Longest token: with it, HELLO still fits into one report of 64 bytes. */
export const hidTokenMaxBytes = 38;
/** What a HID rig's name for itself begins with. */
export const hidRigName = 'Exocortex HID rig';

/** Order is on the wire. 'goodbye' ends a connection. */
const kinds = ['fragment', 'samples', 'goodbye'] as const;
export type ReportKind = (typeof kinds)[number];

const firstFlag = 16;
const lastFlag = 32;

/** `flags`: two bits of the channel, two of the kind, first and last. Followed by the payload, zeros, and CRC-32 over all before it. */
const headerLayout = new RecordLayout({ flags: 'u8', connection: 'u8', sequence: 'u16', payloadBytes: 'u16' });

/** In front of int16 samples, sample-major. The time is that of the newest sample, by the device's clock. */
export const samplesLayout = new RecordLayout({
  firstSample: 'u64',
  deviceMicroseconds: 'u64',
  digitalInputs: 'u16',
  sampleCount: 'u8',
  channels: 'u8',
});

/** How many samples per channel a full report of samples has. */
export const samplesPerReportOf = (reportBytes: number, channels: number): number =>
  Math.floor((reportBytes - reportOverheadBytes - samplesLayout.bytes) / (channels * Int16Array.BYTES_PER_ELEMENT));

export interface ReportHeader {
  readonly kind: ReportKind;
  /** Each role has counters and a connection of its own. */
  readonly channel: Role;
  /** Of a fragment: whether a frame begins, and ends, with it. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** 0 to 255, chosen by the host for each connection: two programs do not hear each other's answers. */
  readonly connection: number;
  /** Of the channel in this direction, one more with each report, modulo 2¹⁶. */
  readonly sequence: number;
}

export interface Report extends ReportHeader {
  /** A view. */
  readonly payload: Uint8Array;
}

/** Whom a report is for, before it is known to be whole; no channel: it is damaged. */
export function reportOwner(bytes: Uint8Array): { channel: Role | undefined; connection: number | undefined } {
  return { channel: roles[(bytes[0] ?? 0xff) & 3], connection: bytes[1] };
}

/** @param bytes whole report @returns undefined on anything that is damaged or no report */
export function readReport(bytes: Uint8Array, checksum: Checksum): Report | undefined {
  if (bytes.length < reportBytesMin || bytes.length > reportBytesMax) return undefined;
  const sealedBytes = bytes.length - checksumBytes;
  const expected = new DataView(bytes.buffer, bytes.byteOffset + sealedBytes).getUint32(0, true);
  if (checksum(bytes.subarray(0, sealedBytes)) !== expected) return undefined;
  const { flags, connection, sequence, payloadBytes } = headerLayout.decode(bytes)!;
  const channel = roles[flags & 3];
  const kind = kinds[(flags >> 2) & 3];
  const isKnown = flags < lastFlag * 2 && payloadBytes <= bytes.length - reportOverheadBytes;
  if (channel === undefined || kind === undefined || !isKnown) return undefined;
  const payload = bytes.subarray(headerBytes, headerBytes + payloadBytes);
  return {
    kind,
    channel,
    isFirst: (flags & firstFlag) !== 0,
    isLast: (flags & lastFlag) !== 0,
    connection,
    sequence,
    payload,
  };
}

/** @param payload at most `reportBytes - reportOverheadBytes` long @returns a whole report */
export function writeReport(
  header: ReportHeader,
  payload: Uint8Array,
  reportBytes: number,
  checksum: Checksum,
): Uint8Array {
  const { kind, channel, isFirst, isLast, connection, sequence } = header;
  const ends = (isFirst ? firstFlag : 0) | (isLast ? lastFlag : 0);
  const flags = roles.indexOf(channel) | (kinds.indexOf(kind) << 2) | ends;
  const bytes = new Uint8Array(reportBytes);
  bytes.set(headerLayout.encode({ flags, connection, sequence, payloadBytes: payload.length }));
  bytes.set(payload, headerBytes);
  const sealedBytes = reportBytes - checksumBytes;
  new DataView(bytes.buffer).setUint32(sealedBytes, checksum(bytes.subarray(0, sealedBytes)), true);
  return bytes;
}
