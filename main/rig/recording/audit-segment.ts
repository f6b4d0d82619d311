// The segment of the audit log that is being written: appended to, made durable, closed. Recorder thread.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { segmentName } from '../../../common/audit/segment.ts';
import { syncFolder } from './durable-file.ts';

/** A new file, open until closed. Every method throws the file system's Error. */
export class AuditSegment {
  readonly number: number;
  readonly #descriptor: number;
  bytes = 0;

  /** @throws Error also when the segment is there already. */
  constructor(folder: string, number: number) {
    this.number = number;
    this.#descriptor = openSync(join(folder, segmentName(number)), 'ax', 0o600);
    syncFolder(folder);
  }

  append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at);
    this.bytes += bytes.length;
  }

  sync(): void {
    fsyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
