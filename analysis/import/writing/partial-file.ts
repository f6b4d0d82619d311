// A file that is written under another name and appears whole or not at all, with its checksum; analysis process.
import { createHash, type Hash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { AnalysisFailure } from '../../failure.ts';

export class PartialFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** @throws AnalysisFailure when the file cannot be made. */
  static async create(path: string): Promise<PartialFile> {
    try {
      return new PartialFile(path, await open(partialOf(path), 'w'));
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    try {
      for (let at = 0; at < chunk.length;) at += (await this.#handle.write(chunk, at, chunk.length - at)).bytesWritten;
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }

  /** Gives the file its name. @returns its SHA-256 in hexadecimal digits. */
  async finish(): Promise<string> {
    try {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(partialOf(this.path), this.path);
    } catch (error) {
      throw unwritable(this.path, error);
    }
    return this.#hash.digest('hex');
  }

  /** Removes what was written. */
  async abandon(): Promise<void> {
    await this.#handle.close();
    await rm(partialOf(this.path), { force: true });
  }
}

const partialOf = (path: string) => `${path}.partial`;

function unwritable(path: string, error: unknown): AnalysisFailure {
  return new AnalysisFailure(
    `${path} cannot be written: ${String(error)}.`,
    'Check the rights of its folder and the free space of the disk.',
    { cause: error },
  );
}
