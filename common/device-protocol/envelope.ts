// The envelope of every device message: a frame whose payload ends in a CRC-32; used in every process that meets a device.
import { encodeFrame } from '../transport/frame.ts';

/** CRC-32 (IEEE 802.3) of `bytes`, continued from `initial`. */
export type Checksum = (bytes: Uint8Array, initial?: number) => number;

const checksumBytes = 4;

/** @returns a whole frame: header, body, CRC-32 over type and body. */
export function seal(type: number, body: Uint8Array, checksum: Checksum): Uint8Array {
  const payload = new Uint8Array(body.length + checksumBytes);
  payload.set(body);
  new DataView(payload.buffer).setUint32(body.length, checksum(body, type), true);
  return encodeFrame(type, payload);
}

/** @returns a view of the body, or undefined when the checksum is absent or wrong. */
export function unseal(type: number, payload: Uint8Array, checksum: Checksum): Uint8Array | undefined {
  const length = payload.length - checksumBytes;
  if (length < 0) return undefined;
  const body = payload.subarray(0, length);
  const expected = new DataView(payload.buffer, payload.byteOffset + length).getUint32(0, true);
  return checksum(body, type) === expected ? body : undefined;
}
