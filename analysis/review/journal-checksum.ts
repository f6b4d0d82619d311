// A checksum of a journal of any size that costs little to check: over stretches spread evenly and its end; analysis process.
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

const stretchBytes = 4096;
const stretches = 128;

/**
 * CRC-32 over up to 128 stretches of 4 KiB that begin at multiples of a 127th of `bytes`, the last one ending there: any change of
 * length, any other journal, and damage to what is looked at. Each frame has a checksum of its own besides.
 */
export async function journalChecksum(handle: FileHandle, bytes: number): Promise<number> {
  const buffer = new Uint8Array(stretchBytes);
  let checksum = 0;
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.max(0, Math.floor((bytes * stretch) / (stretches - 1)) - (stretch > 0 ? stretchBytes : 0));
    const wanted = Math.min(stretchBytes, bytes - from);
    const { bytesRead } = await handle.read(buffer, 0, wanted, from);
    checksum = crc32(buffer.subarray(0, bytesRead), checksum);
  }
  return checksum;
}
