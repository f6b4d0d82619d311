// The checksum of a file while it is written: of what was handed to the disk, whatever the disk makes of it. Recorder thread.
import { createHash } from 'node:crypto';
import type { FileDigest } from '../../../common/journal/session-manifest.ts';

export class FileHash {
  readonly #name: string;
  readonly #hash = createHash('sha256');
  #bytes = 0;

  /** @param name inside the session's folder */
  constructor(name: string) {
    this.#name = name;
  }

  /** @param written in order, each part once; text as UTF-8 */
  add(written: string | Uint8Array): void {
    this.#hash.update(written);
    this.#bytes += Buffer.byteLength(written);
  }

  /** To be called once. */
  digest(): FileDigest {
    return { name: this.#name, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}
