// The checksums of a session's files as they are on the disk now; analysis process.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionDigests } from '../common/journal/analysis-message.ts';
import { type FileDigest, isSealed } from '../common/journal/session-manifest.ts';
import { readOpening } from './journal/session-folder.ts';
import { type JobOptions, part } from './progress.ts';

/** Takes what is read of a file, in order; valid during the call only. */
export type TakeChunk = (name: string, chunk: Uint8Array) => void;

/**
 * Reads every file that a manifest names or would name, once.
 * @param take sees all of it on the way
 * @returns digests in order of the files' names.
 * @throws AnalysisFailure when nothing tells what the session is, Error of the file system.
 */
export async function digestFiles(
  folder: string,
  { onProgress, signal }: JobOptions = {},
  take: TakeChunk = () => {},
): Promise<SessionDigests> {
  const { session } = await readOpening(folder);
  const names = (await readdir(folder)).filter(isSealed).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const files: FileDigest[] = [];
  let before = 0;
  for (const [index, name] of names.entries()) {
    const share = sizes[index]! / total;
    const tell = part(onProgress, before, before + share);
    files.push(
      await digestFile(
        folder,
        name,
        (chunk, read) => {
          take(name, chunk);
          tell(read / Math.max(1, sizes[index]!), `Reading ${name}`);
        },
        signal,
      ),
    );
    before += share;
  }
  return { session, files };
}

async function digestFile(
  folder: string,
  name: string,
  onRead: (chunk: Uint8Array, bytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = createReadStream(join(folder, name), { highWaterMark: 4 * 1024 * 1024 });
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    signal?.throwIfAborted();
    hash.update(chunk);
    bytes += chunk.length;
    onRead(chunk, bytes);
  }
  return { name, bytes, sha256: hash.digest('hex') };
}
