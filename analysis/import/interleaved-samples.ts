// Samples of a headerless stretch of a file, 16-bit words with all channels of one sample after the other; analysis process.
import { assert } from '../../common/base/assert.ts';
import { badFile } from './bad-file.ts';
import type { SourceFile } from './source-file.ts';

const bytesPerWord = 2;

/** @returns little-endian, or with `isBig` big-endian, bytes as 16-bit integers; lies over the bytes, on little-endian computers as all that this runs on. */
export function int16Of(bytes: Uint8Array, isBig = false): Int16Array {
  assert(bytes.byteOffset % bytesPerWord === 0, 'words begin at an even place in memory');
  if (isBig) Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).swap16();
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / bytesPerWord);
}

/** The whole samples of an interleaved file; an incomplete last one is dropped with a note. */
export class InterleavedSamples {
  readonly sampleCount: number;
  readonly #file: SourceFile;
  readonly #words: number;
  readonly #from: number;

  /**
   * @param words 16-bit words of one sample
   * @param from byte at which the samples begin
   * @throws AnalysisFailure when there is no whole sample.
   */
  constructor(file: SourceFile, words: number, from: number, notes: string[]) {
    this.#file = file;
    this.#words = words;
    this.#from = from;
    const bytes = Math.max(0, file.bytes - from);
    const perSample = words * bytesPerWord;
    this.sampleCount = Math.floor(bytes / perSample);
    if (this.sampleCount === 0)
      throw badFile(file.path, from, `no whole sample of ${words} channels follows, only ${bytes} bytes`);
    const rest = bytes % perSample;
    if (rest > 0)
      notes.push(
        `${file.path} ends in the middle of a sample: its last ${rest} bytes, from byte ${file.bytes - rest} on, were dropped.`,
      );
  }

  /** @returns samples × words, sample-major. */
  async read(firstSample: number, count: number, isBig = false): Promise<Int16Array> {
    const bytes = new Uint8Array(count * this.#words * bytesPerWord);
    await this.#file.readInto(this.#from + firstSample * this.#words * bytesPerWord, bytes);
    return int16Of(bytes, isBig);
  }
}

/** @returns the columns of `words` that stand in `columns`, sample-major. */
export function pickColumns(words: Int16Array, perSample: number, columns: readonly number[]): Int16Array {
  if (columns.length === perSample && columns.every((column, index) => column === index)) return words;
  const samples = words.length / perSample;
  const picked = new Int16Array(samples * columns.length);
  for (let sample = 0, to = 0; sample < samples; sample++)
    for (const column of columns) picked[to++] = words[sample * perSample + column]!;
  return picked;
}
