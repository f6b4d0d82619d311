// Reads stretches of one file of a recording, and says where it ends early; analysis process.
import { open, stat, type FileHandle } from 'node:fs/promises';
import { AnalysisFailure, systemErrorCode } from '../failure.ts';
import { badFile } from './bad-file.ts';

/** Texts beside recordings (headers, JSON, XML) are small; what is longer is no such text. */
const textMaxBytes = 32 * 1024 * 1024;

export class SourceFile {
  readonly path: string;
  /** Length of the file when it was opened. */
  readonly bytes: number;
  readonly #handle: FileHandle;

  private constructor(path: string, bytes: number, handle: FileHandle) {
    this.path = path;
    this.bytes = bytes;
    this.#handle = handle;
  }

  /** @throws AnalysisFailure when there is no such file, or it cannot be read. */
  static async open(path: string): Promise<SourceFile> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, 'r');
      const found = await handle.stat();
      if (found.isFile()) return new SourceFile(path, found.size, handle);
    } catch (error) {
      await handle?.close();
      throw unreadable(path, error);
    }
    await handle.close();
    throw new AnalysisFailure(`${path} is not a file.`, 'Name the file of a recording.');
  }

  /** Fills `target` from `offset` on. @throws AnalysisFailure when the file ends before it. */
  async readInto(offset: number, target: Uint8Array): Promise<void> {
    let filled = 0;
    while (filled < target.length) {
      const { bytesRead } = await this.#handle.read(target, filled, target.length - filled, offset + filled);
      if (bytesRead === 0)
        throw badFile(
          this.path,
          offset + filled,
          `the file ends here, where ${target.length - filled} more bytes belong`,
        );
      filled += bytesRead;
    }
  }

  /** @returns up to `length` bytes from `offset` on; fewer where the file ends. */
  async readUpTo(offset: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.bytes - offset)));
    await this.readInto(offset, bytes);
    return bytes;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

function unreadable(path: string, error: unknown): AnalysisFailure {
  const code = systemErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? new AnalysisFailure(`${path} does not exist.`, 'It belongs to the recording: copy the whole folder.', {
        cause: error,
      })
    : new AnalysisFailure(`${path} cannot be read (${String(error)}).`, 'Check its rights and the disk.', {
        cause: error,
      });
}

/** Does `use` with an open file and closes it. */
export async function withFile<T>(path: string, use: (file: SourceFile) => Promise<T>): Promise<T> {
  const file = await SourceFile.open(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** @returns a whole small file as UTF-8. @throws AnalysisFailure when it is missing or too long for a text. */
export function readSmallText(path: string): Promise<string> {
  return withFile(path, async (file) => {
    if (file.bytes > textMaxBytes)
      throw badFile(path, textMaxBytes, `a text of ${file.bytes} bytes is no description of a recording`);
    return (await file.readUpTo(0, file.bytes)).toString('utf8');
  });
}

export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
