// Names, lengths and checksums of the files that a recording is imported from; analysis process.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import type { RecordingProvenance } from '../../../common/experiment/recording-provenance.ts';

/** @returns the deepest folder that holds all files. */
function commonFolder(files: readonly string[]): string {
  const [first = '', ...others] = files.map((file) => dirname(file).split(sep));
  const parts = [...first];
  for (const other of others) {
    const differs = parts.findIndex((part, index) => part !== other[index]);
    if (differs >= 0) parts.length = differs;
  }
  return parts.join(sep) || sep;
}

/** @param onProgress gets a fraction of 1. Names are relative to the folder that holds all of them. */
export async function describeOriginals(
  files: readonly string[],
  onProgress: (fraction: number) => void,
  signal: AbortSignal | undefined,
): Promise<RecordingProvenance['files']> {
  const folder = commonFolder(files);
  const lengths = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const total = Math.max(
    1,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  let hashed = 0;
  const described: RecordingProvenance['files'] = [];
  for (const file of files) {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      hash.update(chunk);
      bytes += chunk.length;
      onProgress((hashed += chunk.length) / total);
    }
    const name = relative(folder, file).split(sep).join('/') || basename(file);
    described.push({ name, bytes, sha256: hash.digest('hex') });
  }
  return described;
}
