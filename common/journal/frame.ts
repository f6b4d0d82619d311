// The frame of the journal file: what surrounds every record on disk; written by the rig thread, sealed by the recorder thread, read by analysis.

/** First bytes of a journal file. */
export const journalFileMagic = 'EXOJRNL1';
export const journalFileHeaderBytes = 16;
/** Raised when frames or records change so that an older reader would misread them. */
export const journalFileVersion = 1;
/** "EXJF" read as a little-endian number: a reader that lost its place looks for it. */
export const frameMagic = 0x464a5845;
/** Bytes before the payload: magic u32, payload length u32, type u16, spare u16, CRC u32, sequence f64, host time f64. */
export const frameHeaderBytes = 32;
/** Longest payload that a reader believes. */
export const payloadMaxBytes = 16 * 1024 * 1024;

const crcAt = 12;

/** What a journal file begins with: the magic, version u32, spare u32. */
export function journalFileHeader(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(journalFileHeaderBytes);
  bytes.set(new TextEncoder().encode(journalFileMagic));
  new DataView(bytes.buffer).setUint32(journalFileMagic.length, journalFileVersion, true);
  return bytes;
}

/** Bytes that a payload takes on disk: frames begin on multiples of eight, so that typed arrays can be laid over them. */
export function framedBytes(payloadBytes: number): number {
  return frameHeaderBytes + ((payloadBytes + 7) & ~7);
}

/** Writes the header; the checksum stays zero until `sealFrame`. */
export function writeFrameHeader(
  view: DataView,
  at: number,
  type: number,
  payloadBytes: number,
  sequence: number,
  hostNs: number,
): void {
  view.setUint32(at, frameMagic, true);
  view.setUint32(at + 4, payloadBytes, true);
  view.setUint16(at + 8, type, true);
  view.setUint16(at + 10, 0, true);
  view.setUint32(at + crcAt, 0, true);
  view.setFloat64(at + 16, sequence, true);
  view.setFloat64(at + 24, hostNs, true);
}

/** A CRC-32 (the polynomial of zlib and IEEE 802.3) over bytes, continued from `seed`. */
export type Crc32 = (bytes: Uint8Array, seed?: number) => number;

/** Checksum of the frame at `at`: its header without the checksum field, then the payload with its padding. */
function frameChecksum(bytes: Uint8Array, at: number, end: number, crc32: Crc32): number {
  return crc32(bytes.subarray(at + crcAt + 4, end), crc32(bytes.subarray(at, at + crcAt)));
}

/** Fills in the checksum of the frame at `at`. @returns where the next frame begins. */
export function sealFrame(bytes: Uint8Array, view: DataView, at: number, crc32: Crc32): number {
  const end = at + framedBytes(view.getUint32(at + 4, true));
  view.setUint32(at + crcAt, frameChecksum(bytes, at, end, crc32), true);
  return end;
}

/** A frame found in a journal; `payload` is a view into the bytes it was read from. */
export interface JournalFrame {
  type: number;
  sequence: number;
  hostNs: number;
  payload: Uint8Array;
  /** Where the next frame begins. */
  end: number;
}

/** Why no frame could be read at a place: the bytes end there, or they are not a frame. */
export type FrameDamage = 'incomplete' | 'damaged';

/**
 * Reads the frame at `at`. `view` lies over the same bytes as `bytes`.
 * @param crc32 undefined: a reading before has compared the checksum
 */
export function readFrame(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  crc32: Crc32 | undefined,
): JournalFrame | FrameDamage {
  if (at + frameHeaderBytes > bytes.length) return 'incomplete';
  if (view.getUint32(at, true) !== frameMagic) return 'damaged';
  const payloadBytes = view.getUint32(at + 4, true);
  if (payloadBytes > payloadMaxBytes) return 'damaged';
  const end = at + framedBytes(payloadBytes);
  if (end > bytes.length) return 'incomplete';
  if (crc32 !== undefined && view.getUint32(at + crcAt, true) !== frameChecksum(bytes, at, end, crc32))
    return 'damaged';
  return {
    type: view.getUint16(at + 8, true),
    sequence: view.getFloat64(at + 16, true),
    hostNs: view.getFloat64(at + 24, true),
    payload: bytes.subarray(at + frameHeaderBytes, at + frameHeaderBytes + payloadBytes),
    end,
  };
}
