// Checks a session's journal without understanding all of it: checksums, numbers, and that nothing was delivered unpermitted; used in every process.
import {
  type Crc32,
  frameMagic,
  journalFileHeaderBytes,
  journalFileMagic,
  journalFileVersion,
  type JournalFrame,
  readFrame,
} from '../journal/frame.ts';
import type { AuditProblem } from './audit-problem.ts';
import { RecordOrder } from './record-order.ts';

const recover = 'Run exocortex recover on the session; what is damaged cannot be brought back but from a copy';

/** Takes a journal in pieces of any size, in order; then `finish`. */
export class JournalCheck {
  readonly order: RecordOrder;
  readonly #file: string;
  readonly #crc32: Crc32;
  readonly #problems: AuditProblem[];
  /** What has been taken and is not a whole frame yet. */
  #bytes: Uint8Array = new Uint8Array(0);
  /** Place in the file of its first byte. */
  #from = 0;
  #isHeaderRead = false;
  /** Whether no frame has been found since the last one ended. */
  #isLost = false;
  #frames = 0;

  constructor(file: string, crc32: Crc32, problems: AuditProblem[]) {
    this.#file = file;
    this.#crc32 = crc32;
    this.#problems = problems;
    this.order = new RecordOrder(file, problems);
  }

  get frames(): number {
    return this.#frames;
  }

  take(chunk: Uint8Array): void {
    const bytes = new Uint8Array(this.#bytes.length + chunk.length);
    bytes.set(this.#bytes);
    bytes.set(chunk, this.#bytes.length);
    this.#bytes = bytes;
    this.#read(false);
  }

  finish(): void {
    this.#read(true);
    this.order.finish();
  }

  #read(isAtEnd: boolean): void {
    if (!this.#isHeaderRead && !this.#readHeader(isAtEnd)) return;
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    let at = 0;
    for (;;) {
      const frame = readFrame(this.#bytes, view, at, this.#crc32);
      if (typeof frame === 'object') {
        this.#accept(frame);
        at = frame.end;
      } else if ((frame === 'incomplete' && !isAtEnd) || at >= this.#bytes.length) break;
      else {
        this.#lose(frame === 'incomplete' ? 'the journal ends inside a record' : 'a record is damaged', at);
        at = nextMagic(view, at + 1);
      }
    }
    this.#from += at;
    this.#bytes = this.#bytes.subarray(at);
  }

  /** @returns whether the header is there, good or bad. Behind a bad one records are looked for all the same. */
  #readHeader(isAtEnd: boolean): boolean {
    if (this.#bytes.length < journalFileHeaderBytes && !isAtEnd) return false;
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    const magic = new TextDecoder('latin1').decode(this.#bytes.subarray(0, journalFileMagic.length));
    const isJournal =
      this.#bytes.length >= journalFileHeaderBytes &&
      magic === journalFileMagic &&
      view.getUint32(journalFileMagic.length, true) === journalFileVersion;
    this.#isHeaderRead = true;
    if (!isJournal) this.#lose(`this is not a journal of version ${journalFileVersion}`, 0);
    this.#from = Math.min(journalFileHeaderBytes, this.#bytes.length);
    this.#bytes = this.#bytes.subarray(this.#from);
    return true;
  }

  #accept(frame: JournalFrame): void {
    this.#isLost = false;
    this.#frames++;
    this.order.take(frame);
  }

  #lose(what: string, at: number): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#problems.push({ where: `${this.#file}, byte ${this.#from + at}`, what, cure: recover });
  }
}

/** Where the next frame may begin: at a magic, or where one may be cut by the end of what is there. */
function nextMagic(view: DataView, from: number): number {
  for (let at = from; at + 4 <= view.byteLength; at++) if (view.getUint32(at, true) === frameMagic) return at;
  return Math.max(from, view.byteLength - 3);
}
