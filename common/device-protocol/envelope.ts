// The envelope of every device message: a frame whose payload ends in a CRC-32, and in a tag before it where the message lets current flow; used in every process that meets a device.
import { encodeFrame } from '../transport/frame.ts';
import { taggedTypes } from './messages.ts';

/** CRC-32 (IEEE 802.3) of `bytes`, continued from `initial`. */
export type Checksum = (bytes: Uint8Array, initial?: number) => number;
/** The first 16 bytes of HMAC-SHA-256 over type byte and body, keyed with the token. */
export type Authenticate = (type: number, body: Uint8Array) => Uint8Array;

const checksumBytes = 4;
export const tagBytes = 16;

/** What seals and opens envelopes: plain functions, so that this file needs no cryptography of its own. */
export interface Seals {
  readonly checksum: Checksum;
  readonly authenticate: Authenticate;
}

/** @returns a whole frame: header, body, tag where its type carries one, CRC-32 over type, body and tag. */
export function seal(type: number, body: Uint8Array, { checksum, authenticate }: Seals): Uint8Array {
  const tag = taggedTypes.has(type) ? authenticate(type, body) : undefined;
  const sealedBytes = body.length + (tag?.length ?? 0);
  const payload = new Uint8Array(sealedBytes + checksumBytes);
  payload.set(body);
  if (tag !== undefined) payload.set(tag, body.length);
  const crc = checksum(payload.subarray(0, sealedBytes), type);
  new DataView(payload.buffer).setUint32(sealedBytes, crc, true);
  return encodeFrame(type, payload);
}

/** @returns a view of the body, or why there is none. */
export function unseal(type: number, payload: Uint8Array, seals: Seals): Uint8Array | 'checksum' | 'forged' {
  const sealedBytes = payload.length - checksumBytes;
  if (sealedBytes < 0) return 'checksum';
  const sealed = payload.subarray(0, sealedBytes);
  const expected = new DataView(payload.buffer, payload.byteOffset + sealedBytes).getUint32(0, true);
  if (seals.checksum(sealed, type) !== expected) return 'checksum';
  if (!taggedTypes.has(type)) return sealed;
  const bodyBytes = sealedBytes - tagBytes;
  if (bodyBytes < 0) return 'forged';
  const body = sealed.subarray(0, bodyBytes);
  return isSameTag(seals.authenticate(type, body), sealed.subarray(bodyBytes)) ? body : 'forged';
}

/** Takes the same time wherever they differ. */
function isSameTag(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < tagBytes; index++) difference |= a[index]! ^ b[index]!;
  return difference === 0;
}
