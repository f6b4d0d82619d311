// Reads the fields of an Intan header one after the other, and says where one is impossible; analysis process.
import { badFile } from '../bad-file.ts';
import type { SourceFile } from '../source-file.ts';

/** A thousand channels take some hundred KB. */
const headerMaxBytes = 8 * 1024 * 1024;
const nullText = 0xffff_ffff;
const textMaxBytes = 65_536;

export class HeaderCursor {
  readonly file: string;
  readonly #bytes: Buffer;
  #at = 0;

  private constructor(file: string, bytes: Buffer) {
    this.file = file;
    this.#bytes = bytes;
  }

  static async begin(file: SourceFile): Promise<HeaderCursor> {
    return new HeaderCursor(file.path, await file.readUpTo(0, headerMaxBytes));
  }

  /** Byte of the next field. */
  get at(): number {
    return this.#at;
  }

  int16(): number {
    return this.#bytes.readInt16LE(this.#take(2));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  float32(): number {
    return this.#bytes.readFloatLE(this.#take(4));
  }

  /** A count. @throws AnalysisFailure when it is none, or beyond what there can be. */
  count(max: number, of: string): number {
    const at = this.#at;
    const count = this.int16();
    if (count < 0 || count > max) throw this.#bad(at, `${count} ${of} are announced; there are 0 to ${max}`);
    return count;
  }

  /** Length in bytes, then UTF-16. */
  text(): string {
    const at = this.#at;
    const bytes = this.uint32();
    if (bytes === nullText) return '';
    if (bytes > textMaxBytes || bytes % 2 === 1) throw this.#bad(at, `a text of ${bytes} bytes is announced`);
    const from = this.#take(bytes);
    return this.#bytes.toString('utf16le', from, from + bytes);
  }

  skip(bytes: number): void {
    this.#take(bytes);
  }

  #take(bytes: number): number {
    const from = this.#at;
    if (from + bytes > this.#bytes.length) throw this.#bad(this.#bytes.length, 'the file ends in its header');
    this.#at += bytes;
    return from;
  }

  #bad(at: number, what: string): Error {
    return badFile(this.file, at, what);
  }
}
