// Single frames of a journal at known places; analysis process.
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import {
  framedBytes,
  frameHeaderBytes,
  type JournalFrame,
  payloadMaxBytes,
  readFrame,
} from '../../common/journal/frame.ts';

const firstReadBytes = 512;

async function readAt(handle: FileHandle, place: number, bytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(bytes);
  const { bytesRead } = await handle.read(buffer, 0, bytes, place);
  return buffer.subarray(0, bytesRead);
}

/** @returns the frame that begins at a byte of the file; undefined when there is no believable one. */
export async function frameAt(handle: FileHandle, place: number): Promise<JournalFrame | undefined> {
  let bytes = await readAt(handle, place, firstReadBytes);
  if (bytes.length < frameHeaderBytes) return undefined;
  const payloadBytes = new DataView(bytes.buffer).getUint32(4, true);
  if (payloadBytes > payloadMaxBytes) return undefined;
  if (framedBytes(payloadBytes) > bytes.length) bytes = await readAt(handle, place, framedBytes(payloadBytes));
  const frame = readFrame(bytes, new DataView(bytes.buffer, 0, bytes.length), 0, crc32);
  return typeof frame === 'object' ? frame : undefined;
}
