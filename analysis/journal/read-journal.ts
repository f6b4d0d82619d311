// Reads a journal from end to end in bounded memory, past damage, up to the last whole frame; analysis process.
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import {
  frameMagic,
  journalFileHeaderBytes,
  journalFileMagic,
  journalFileVersion,
  readFrame,
  type JournalFrame,
} from '../../common/journal/frame.ts';
import type { JournalCondition } from '../../common/journal/session-summary.ts';
import { AnalysisFailure, systemErrorCode } from '../failure.ts';
import { ChunkedFile } from './chunked-file.ts';

export interface ReadJournalOptions {
  /** Called after each chunk with the part of the file that has been read, 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined;
  /** Ends the reading with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Bytes to read at a time; tests make it small. */
  chunkBytes?: number | undefined;
  /** What lies behind it is not read: a journal that is still being written looks the same in every reading. */
  endByte?: number | undefined;
}

const magicBytes = new Uint8Array(Uint32Array.of(frameMagic).buffer);

async function openJournal(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    const isMissing = systemErrorCode(error) === 'ENOENT';
    throw new AnalysisFailure(
      isMissing ? `There is no journal at ${file}.` : `The journal ${file} cannot be opened: ${String(error)}`,
      isMissing
        ? 'Name the folder of a session: it holds a file journal.exj.'
        : 'Check the rights of the folder and the disk.',
      { cause: error },
    );
  }
}

/** @throws AnalysisFailure unless the file begins as a journal of this version. */
function checkFileHeader(file: string, window: ChunkedFile): void {
  const { bytes, view } = window;
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, journalFileMagic.length));
  if (bytes.length < journalFileHeaderBytes && journalFileMagic.startsWith(magic)) {
    throw new AnalysisFailure(
      `The journal ${file} ends inside its header: the session was killed before it recorded anything.`,
      'There is nothing to recover; delete the folder.',
    );
  }
  if (magic !== journalFileMagic) {
    throw new AnalysisFailure(
      `${file} is not a journal: it does not begin with ${journalFileMagic}.`,
      'Take the file from a copy that was not opened or changed by another program.',
    );
  }
  const version = view.getUint32(journalFileMagic.length, true);
  if (version !== journalFileVersion) {
    throw new AnalysisFailure(
      `${file} is a journal of version ${version}; this program reads version ${journalFileVersion}.`,
      'Use the version of Exocortex that recorded the session, or a later one.',
    );
  }
}

/** Place of the next frame magic from `at` on; where the search must go on when there is none. */
function nextMagic(bytes: Uint8Array, at: number): { at: number; isFound: boolean } {
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(magicBytes, at);
  return found >= 0
    ? { at: found, isFound: true }
    : { at: Math.max(at, bytes.length - magicBytes.length + 1), isFound: false };
}

/**
 * Calls `visit` for every believable frame in order. A frame is believed when its checksum is right and its sequence number
 * is above all before it. What cannot be believed is skipped up to the next believable frame and reported as a damaged
 * stretch; when no frame follows it is the torn tail of a killed session. A frame's payload is valid during the call only.
 * @throws AnalysisFailure when the file is missing or is not a journal of this version.
 */
export async function readJournal(
  file: string,
  visit: (frame: JournalFrame) => void,
  options: ReadJournalOptions = {},
): Promise<JournalCondition> {
  const handle = await openJournal(file);
  try {
    const bytesToRead = Math.min((await handle.stat()).size, options.endByte ?? Infinity);
    const window = new ChunkedFile(handle, options.chunkBytes, options.endByte);
    const condition: JournalCondition = {
      validBytes: journalFileHeaderBytes,
      tornBytes: 0,
      frames: 0,
      framesLost: 0,
      damaged: [],
    };
    while (window.bytes.length < journalFileHeaderBytes && !window.isAtEnd) await window.readOn(0);
    checkFileHeader(file, window);

    let at = journalFileHeaderBytes;
    let expected = 0;
    let damagedFrom: number | undefined;
    for (;;) {
      const frame = readFrame(window.bytes, window.view, at, crc32);
      const mustSearch = frame !== 'incomplete' || window.isAtEnd;
      if (typeof frame === 'object' && frame.sequence >= expected) {
        const begin = window.from + at;
        const framesLost = frame.sequence - expected;
        if (framesLost > 0 || damagedFrom !== undefined) {
          condition.damaged.push({
            fromByte: damagedFrom ?? begin,
            toByte: begin,
            firstLostSequence: expected,
            framesLost,
          });
          condition.framesLost += framesLost;
          damagedFrom = undefined;
        }
        visit(frame);
        condition.frames++;
        expected = frame.sequence + 1;
        at = frame.end;
        condition.validBytes = window.from + at;
        continue;
      }
      if (mustSearch) {
        if (window.isAtEnd && at >= window.bytes.length) break;
        damagedFrom ??= window.from + at;
        const next = nextMagic(window.bytes, at + 1);
        at = next.at;
        if (next.isFound) continue;
        if (window.isAtEnd) break;
      }
      options.signal?.throwIfAborted();
      at = await window.readOn(at);
      options.onProgress?.(Math.min(1, (window.from + window.bytes.length) / Math.max(bytesToRead, 1)));
    }
    condition.tornBytes = window.from + window.bytes.length - condition.validBytes;
    return condition;
  } finally {
    await handle.close();
  }
}
