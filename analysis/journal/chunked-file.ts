// A file seen through a window that moves forward in chunks, so that a journal of any size takes little memory; analysis process.
import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 4 * 1024 * 1024;

export interface ChunkedFileOptions {
  /** What lies behind it in the file is not read. */
  readonly endByte?: number;
  /** Where the window begins, a multiple of eight. */
  readonly startByte?: number;
  /** Whether the next chunk is read while this one is looked at. */
  readonly doesReadAhead?: boolean;
}

interface Ahead {
  readonly position: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly reading: Promise<{ bytesRead: number }>;
}

/** The window begins on a multiple of eight bytes of the file, so that typed arrays can be laid over aligned content. */
export class ChunkedFile {
  readonly #handle: FileHandle;
  readonly #chunkBytes: number;
  readonly #endByte: number;
  #buffer: Uint8Array<ArrayBuffer>;
  #from: number;
  #isAtEnd = false;
  readonly #doesReadAhead: boolean;
  #spare: Uint8Array<ArrayBuffer> | undefined;
  #ahead: Ahead | undefined;
  /** What of the file is in memory. Replaced by `readOn`. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Lies over `bytes`. */
  view: DataView;

  /**
   * @param chunk bytes to read at a time; tests make it small.
   */
  constructor(
    handle: FileHandle,
    chunk = chunkBytes,
    { endByte = Infinity, startByte = 0, doesReadAhead = false }: ChunkedFileOptions = {},
  ) {
    this.#doesReadAhead = doesReadAhead;
    this.#handle = handle;
    this.#from = startByte;
    this.#endByte = endByte;
    this.#chunkBytes = chunk;
    this.#buffer = new Uint8Array(chunk);
    this.bytes = this.#buffer.subarray(0, 0);
    this.view = new DataView(this.#buffer.buffer, 0, 0);
  }

  /** Place in the file of the window's first byte. */
  get from(): number {
    return this.#from;
  }

  /** Whether the window reached the end of what is read when it was last moved; a file that grows has more later. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /**
   * Forgets what lies before `keepFrom` (a place in the window) and reads another chunk behind the rest. Views into the
   * old window are void.
   * @returns where the byte that was at `keepFrom` is now.
   */
  async readOn(keepFrom: number): Promise<number> {
    const forgotten = keepFrom - (keepFrom % 8);
    const kept = this.bytes.length - forgotten;
    if (kept + this.#chunkBytes > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(this.#buffer.length * 2, kept + this.#chunkBytes));
      larger.set(this.bytes.subarray(forgotten));
      this.#buffer = larger;
    } else {
      this.#buffer.copyWithin(0, forgotten, this.bytes.length);
    }
    this.#from += forgotten;
    const position = this.#from + kept;
    const wanted = Math.min(this.#chunkBytes, Math.max(0, this.#endByte - position));
    const bytesRead = (await this.#takeAhead(kept, position)) || (await this.#read(kept, wanted, position));
    this.#readAhead(position + bytesRead, bytesRead === wanted);
    this.#isAtEnd = bytesRead === 0;
    this.bytes = this.#buffer.subarray(0, kept + bytesRead);
    this.view = new DataView(this.#buffer.buffer, 0, kept + bytesRead);
    return keepFrom - forgotten;
  }

  async #read(at: number, bytes: number, position: number): Promise<number> {
    return (await this.#handle.read(this.#buffer, at, bytes, position)).bytesRead;
  }

  /** @returns how many bytes were read ahead from there; 0: none, and a file that grows may have more by now */
  async #takeAhead(at: number, position: number): Promise<number> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (ahead === undefined) return 0;
    const { bytesRead } = await ahead.reading;
    this.#spare = ahead.bytes;
    if (ahead.position !== position) return 0;
    this.#buffer.set(ahead.bytes.subarray(0, bytesRead), at);
    return bytesRead;
  }

  #readAhead(position: number, isMoreExpected: boolean): void {
    const wanted = Math.min(this.#chunkBytes, this.#endByte - position);
    if (!this.#doesReadAhead || !isMoreExpected || wanted <= 0) return;
    const bytes = this.#spare ?? new Uint8Array(this.#chunkBytes);
    const reading = this.#handle.read(bytes, 0, wanted, position);
    // Whoever takes it hears of a failure.
    reading.catch(() => {});
    this.#ahead = { position, bytes, reading };
  }
}
