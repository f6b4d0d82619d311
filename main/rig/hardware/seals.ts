// The host's checksum and the tags of its commands, made with the device's token; runs in the rig and watchdog threads.
import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Seals, tagBytes } from '../../../common/device-protocol/envelope.ts';

export function hostSeals(token: string): Seals {
  const key = new TextEncoder().encode(token);
  return {
    checksum: crc32,
    authenticate: (type, body) =>
      createHmac('sha256', key).update(Uint8Array.of(type)).update(body).digest().subarray(0, tagBytes),
  };
}
