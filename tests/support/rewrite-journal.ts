// Writes a journal anew with changed records and good checksums: what a forger, or a program with another mind, would leave.
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import {
  framedBytes,
  frameHeaderBytes,
  journalFileHeader,
  journalFileHeaderBytes,
  type JournalFrame,
  readFrame,
  sealFrame,
  writeFrameHeader,
} from '../../common/journal/frame.ts';

/** @throws Error when a frame of it is not whole. */
export function readFrames(path: string): JournalFrame[] {
  const bytes = new Uint8Array(readFileSync(path));
  const view = new DataView(bytes.buffer);
  const frames: JournalFrame[] = [];
  for (let at = journalFileHeaderBytes; at < bytes.length;) {
    const frame = readFrame(bytes, view, at, crc32);
    if (typeof frame === 'string') throw new Error(`${path} is ${frame} at byte ${at}`);
    frames.push(frame);
    at = frame.end;
  }
  return frames;
}

/** Numbers the frames anew. */
export function writeFrames(path: string, frames: readonly Pick<JournalFrame, 'type' | 'hostNs' | 'payload'>[]): void {
  const parts = frames.map(({ type, hostNs, payload }, sequence) => {
    const bytes = new Uint8Array(framedBytes(payload.length));
    const view = new DataView(bytes.buffer);
    writeFrameHeader(view, 0, type, payload.length, sequence, hostNs);
    bytes.set(payload, frameHeaderBytes);
    sealFrame(bytes, view, 0, crc32);
    return bytes;
  });
  writeFileSync(path, Buffer.concat([journalFileHeader(), ...parts]));
}
