// Reads the frames of a journal one after the other, up to where it is whole; its memory does not grow with the file. Replay thread.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Disposable } from '../../../common/base/disposable.ts';
import {
  journalFileHeaderBytes,
  journalFileMagic,
  journalFileVersion,
  type JournalFrame,
  readFrame,
} from '../../../common/journal/frame.ts';

const chunkBytes = 1024 * 1024;

export class JournalFile implements Disposable {
  readonly #descriptor: number;
  /** As the file was when it was opened: what is written afterwards is not read. */
  readonly #bytes: number;
  /** Place in the file of the first byte that has not been read as part of a frame. */
  #at = 0;
  /** Why frames end before the file does; undefined when they do not, or when only the last one is cut. */
  damage: string | undefined;

  /** @throws the system's error when the file cannot be opened. */
  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    this.#bytes = fstatSync(this.#descriptor).size;
  }

  /** Part of the file that has been read, 0 to 1. */
  get fraction(): number {
    return this.#bytes === 0 ? 1 : this.#at / this.#bytes;
  }

  /** @returns whether the file begins as a journal of this version does. */
  readHeader(): boolean {
    const header = this.#read(0, journalFileHeaderBytes);
    this.#at = journalFileHeaderBytes;
    return (
      header.length === journalFileHeaderBytes &&
      new TextDecoder('latin1').decode(header.subarray(0, journalFileMagic.length)) === journalFileMagic &&
      new DataView(header.buffer).getUint32(journalFileMagic.length, true) === journalFileVersion
    );
  }

  /** Behind the header. Payloads stay valid for as long as they are held. */
  *frames(): Generator<JournalFrame> {
    let sequence = 0;
    let bytes = new Uint8Array(0);
    for (;;) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      let begin = 0;
      for (;;) {
        const frame = readFrame(bytes, view, begin, crc32);
        if (frame === 'damaged') {
          this.damage = `record ${sequence} at byte ${this.#at} is damaged`;
          return;
        }
        if (frame === 'incomplete') break;
        if (frame.sequence !== sequence) {
          this.damage = `record ${frame.sequence} stands at byte ${this.#at}, where record ${sequence} should`;
          return;
        }
        sequence++;
        this.#at += frame.end - begin;
        begin = frame.end;
        yield frame;
      }
      const more = this.#read(this.#at + bytes.length - begin, chunkBytes);
      if (more.length === 0) return;
      const joined = new Uint8Array(bytes.length - begin + more.length);
      joined.set(bytes.subarray(begin));
      joined.set(more, bytes.length - begin);
      bytes = joined;
    }
  }

  dispose(): void {
    closeSync(this.#descriptor);
  }

  #read(from: number, count: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(Math.max(0, Math.min(count, this.#bytes - from)));
    let read = 0;
    while (read < bytes.length) {
      const some = readSync(this.#descriptor, bytes, read, bytes.length - read, from + read);
      if (some === 0) break;
      read += some;
    }
    return bytes.subarray(0, read);
  }
}
