// Reads a journal in bounded memory, past damage, up to the last whole frame, whole or in parts; analysis process.
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import {
  type Crc32,
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
  /** What a reading before has found. It is read as far; where nothing was damaged, checksums are not compared again. */
  found?: JournalCondition | undefined;
}

/** A part of a journal is read for one picture: in smaller pieces. */
const partChunkBytes = 1024 * 1024;

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

/** Takes a frame and its first byte's place in the file. Its payload is valid during the call only. */
export type VisitFrame = (frame: JournalFrame, fromByte: number) => void;

/**
 * A journal that is read bit by bit, also while it is being written. A frame is believed when its checksum is right and its
 * sequence number is above all before it. What cannot be believed is skipped up to the next believable frame and reported as
 * a damaged stretch; when no frame follows it is the torn tail of a killed session.
 */
export class JournalReader {
  readonly #handle: FileHandle;
  readonly #window: ChunkedFile;
  readonly #endByte: number;
  readonly #crc32: Crc32 | undefined;
  #at = 0;
  #expected = 0;
  #damagedFrom: number | undefined;
  /** Of what was read so far. */
  readonly condition: JournalCondition;

  private constructor(handle: FileHandle, window: ChunkedFile, endByte: number, isChecked = true) {
    this.#crc32 = isChecked ? crc32 : undefined;
    this.#handle = handle;
    this.#window = window;
    this.#endByte = endByte;
    this.condition = { validBytes: window.from, tornBytes: 0, frames: 0, framesLost: 0, damaged: [] };
  }

  /** @throws AnalysisFailure when the file is missing or is not a journal of this version. */
  static async open(
    file: string,
    {
      chunkBytes,
      found,
      endByte = found?.validBytes ?? Infinity,
    }: Omit<ReadJournalOptions, 'onProgress' | 'signal'> = {},
  ): Promise<JournalReader> {
    const handle = await openJournal(file);
    try {
      const window = new ChunkedFile(handle, chunkBytes, { endByte, doesReadAhead: true });
      while (window.bytes.length < journalFileHeaderBytes && !window.isAtEnd) await window.readOn(0);
      checkFileHeader(file, window);
      const reader = new JournalReader(handle, window, endByte, found?.damaged.length !== 0);
      reader.#at = reader.condition.validBytes = journalFileHeaderBytes;
      return reader;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Reads a part of a journal: from a frame that begins at `startByte` up to `endByte`. */
  static async openPart(file: string, startByte: number, endByte: number): Promise<JournalReader> {
    const handle = await openJournal(file);
    const reader = new JournalReader(handle, new ChunkedFile(handle, partChunkBytes, { endByte, startByte }), endByte);
    reader.#expected = -1;
    return reader;
  }

  /**
   * Calls `visit` for every believable frame up to the end of what is there now.
   * @param isWhole nothing will be added to the file: what is unfinished at its end is torn. Otherwise it is read again next time.
   */
  async read(
    visit: VisitFrame,
    { isWhole, signal, onProgress }: Pick<ReadJournalOptions, 'signal' | 'onProgress'> & { isWhole: boolean },
  ): Promise<void> {
    const window = this.#window;
    const bytesToRead = Math.min((await this.#handle.stat()).size, this.#endByte);
    let at = this.#at;
    // What has been added since is not in the window yet.
    if (window.isAtEnd) at = await window.readOn(at);
    for (;;) {
      const frame = readFrame(window.bytes, window.view, at, this.#crc32);
      if (typeof frame === 'object' && frame.sequence >= this.#expected) {
        this.#noteLoss(frame, window.from + at);
        visit(frame, window.from + at);
        this.condition.frames++;
        this.#expected = frame.sequence + 1;
        at = frame.end;
        this.condition.validBytes = window.from + at;
        continue;
      }
      if (window.isAtEnd && (isWhole ? at >= window.bytes.length : frame === 'incomplete')) break;
      if (frame !== 'incomplete' || window.isAtEnd) {
        this.#damagedFrom ??= window.from + at;
        const next = nextMagic(window.bytes, at + 1);
        at = next.at;
        if (next.isFound) continue;
        if (window.isAtEnd) break;
      }
      signal?.throwIfAborted();
      at = await window.readOn(at);
      onProgress?.(Math.min(1, (window.from + window.bytes.length) / Math.max(bytesToRead, 1)));
    }
    this.#at = at;
    this.condition.tornBytes = window.from + window.bytes.length - this.condition.validBytes;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #noteLoss(frame: JournalFrame, begin: number): void {
    // In the middle of a journal nothing is known of what comes before.
    const framesLost = this.#expected < 0 ? 0 : frame.sequence - this.#expected;
    if (framesLost === 0 && this.#damagedFrom === undefined) return;
    this.condition.damaged.push({
      fromByte: this.#damagedFrom ?? begin,
      toByte: begin,
      firstLostSequence: Math.max(this.#expected, 0),
      framesLost,
    });
    this.condition.framesLost += framesLost;
    this.#damagedFrom = undefined;
  }
}

/**
 * Calls `visit` for every believable frame of a journal that is not being written, in order; see `JournalReader`.
 * @throws AnalysisFailure when the file is missing or is not a journal of this version.
 */
export async function readJournal(
  file: string,
  visit: VisitFrame,
  options: ReadJournalOptions = {},
): Promise<JournalCondition> {
  const reader = await JournalReader.open(file, options);
  try {
    await reader.read(visit, { isWhole: true, signal: options.signal, onProgress: options.onProgress });
    return reader.condition;
  } finally {
    await reader.close();
  }
}
