// Makes minima and maxima of a session's samples at every level while its blocks go by, in constant memory; analysis process.
import { join } from 'node:path';
import { finestBinSamples, levelCount, levelFactor, traceLevelName } from './review-layout.ts';
import { RowWriter } from './row-file.ts';

/** What a bin begins with: its minimum is above its maximum. */
export const emptyMinimum = 32_767;
export const emptyMaximum = -32_768;

interface Level {
  writer: RowWriter;
  /** The bin that is being filled: minimum and maximum of each channel, in turn. */
  bin: Int16Array<ArrayBuffer>;
  bytes: Uint8Array;
  /** Parts of it that are there: samples in the finest level, bins of the level below in the others. */
  parts: number;
}

/** A bin is written when all its samples have gone by, lost ones included: what is left at the end is read from finer levels. */
export class TraceLevels {
  readonly #channels: number;
  readonly #levels: Level[];
  #nextSample = 0;

  /** @param folder holds the files. */
  constructor(folder: string, channels: number) {
    this.#channels = channels;
    this.#levels = Array.from({ length: levelCount }, (_, level) => {
      const bin = new Int16Array(2 * channels);
      clear(bin);
      const writer = new RowWriter(join(folder, traceLevelName(level)), bin.byteLength);
      return { writer, bin, bytes: new Uint8Array(bin.buffer), parts: 0 };
    });
  }

  get writers(): ReadonlyMap<string, RowWriter> {
    return new Map(this.#levels.map(({ writer }, level) => [traceLevelName(level), writer]));
  }

  /** @param at of the first sample. Samples before what came already are left out. @param samples sample-major. */
  block(at: number, samples: Int16Array): void {
    const channels = this.#channels;
    const count = samples.length / channels;
    this.#skipTo(at);
    const finest = this.#levels[0]!;
    const { bin } = finest;
    for (let sample = this.#nextSample - at; sample < count; sample++) {
      let place = sample * channels;
      for (let at = 0; at < bin.length; at += 2, place++) {
        const value = samples[place]!;
        if (value < bin[at]!) bin[at] = value;
        if (value > bin[at + 1]!) bin[at + 1] = value;
      }
      this.#nextSample++;
      if (++finest.parts === finestBinSamples) this.#finishBin(0);
    }
  }

  /** Lost samples fill bins with nothing. */
  #skipTo(at: number): void {
    while (this.#nextSample < at) {
      const finest = this.#levels[0]!;
      const step = Math.min(finestBinSamples - finest.parts, at - this.#nextSample);
      finest.parts += step;
      this.#nextSample += step;
      if (finest.parts === finestBinSamples) this.#finishBin(0);
    }
  }

  #finishBin(level: number): void {
    const { writer, bin, bytes } = this.#levels[level]!;
    writer.add(bytes);
    const coarser = this.#levels[level + 1];
    if (coarser !== undefined) {
      for (let at = 0; at < bin.length; at += 2) {
        if (bin[at]! < coarser.bin[at]!) coarser.bin[at] = bin[at]!;
        if (bin[at + 1]! > coarser.bin[at + 1]!) coarser.bin[at + 1] = bin[at + 1]!;
      }
      if (++coarser.parts === levelFactor) this.#finishBin(level + 1);
    }
    clear(bin);
    this.#levels[level]!.parts = 0;
  }
}

function clear(bin: Int16Array): void {
  for (let at = 0; at < bin.length; at += 2) {
    bin[at] = emptyMinimum;
    bin[at + 1] = emptyMaximum;
  }
}
