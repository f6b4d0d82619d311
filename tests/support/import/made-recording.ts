// A recording that a test has made up, with what its reader must find in it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toDisposable, type Disposable } from '../../../common/base/disposable.ts';
import type { RecordingEvent } from '../../../analysis/import/recording-reader.ts';

export interface MadeRecording {
  /** Content by name relative to the recording's folder. */
  files: Readonly<Record<string, Uint8Array>>;
  /** What is opened, relative to the folder. */
  open: string;
  stream?: string;
  sampleRateHz: number;
  channelNames: readonly string[];
  microvoltsPerBit: readonly number[];
  /** Sample-major. */
  samples: readonly number[];
  events?: readonly RecordingEvent[];
}

/** Writes files into a folder of their own. */
export function placeFiles(files: MadeRecording['files']): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'exocortex-import-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, ...toDisposable(() => rmSync(path, { recursive: true, force: true })) };
}

/** Numbers that look like no pattern, the same for the same seed: whole, from -32,768 to 32,767. */
export function madeSamples(count: number, seed = 1): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state >> 16;
  });
}

/** Little-endian 16-bit words, signed or not. */
export function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => bytes.writeUInt16LE(value & 0xffff, 2 * index));
  return bytes;
}
