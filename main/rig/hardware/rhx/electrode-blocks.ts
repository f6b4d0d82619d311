// Makes blocks of the rig's length and order of electrodes out of RHX's blocks of 128 samples; pure, runs in the rig thread.
import type { RingBlock } from '../block-ring.ts';
import { samplesPerBlock as samplesPerRhxBlock } from './columns.ts';

/** RHX sends what lies in the middle of its range as 32768. */
const middle = 0x8000;

export interface ElectrodeBlocksOptions {
  /** Of a frame as RHX sends it. */
  readonly words: number;
  /** Which word of a frame each electrode is. */
  readonly columns: readonly number[];
  /** Length of the rig's blocks. */
  readonly samplesPerBlock: number;
  /** @param samples int16, sample-major, sampleCount × electrodes; valid until it returns */
  readonly onBlock: (firstSample: number, sampleCount: number, samples: Int16Array) => void;
}

/**
 * Blocks end at multiples of their length. Nothing that has come is dropped: before a gap there is a shorter block, and after it
 * another up to the next multiple.
 */
export class ElectrodeBlocks {
  readonly #options: ElectrodeBlocksOptions;
  readonly #samples: Int16Array;
  #first = 0;
  #held = 0;

  constructor(options: ElectrodeBlocksOptions) {
    this.#options = options;
    this.#samples = new Int16Array(options.samplesPerBlock * options.columns.length);
  }

  take({ firstSample, gapAt, gapSamples, words }: RingBlock): void {
    for (let index = 0; index < samplesPerRhxBlock; index++) {
      const skipped = gapSamples > 0 && index >= gapAt ? gapSamples : 0;
      this.#add(firstSample + index + skipped, words, index);
    }
  }

  /** Hands out what waits for more. */
  flush(): void {
    if (this.#held === 0) return;
    const sampleCount = this.#held;
    this.#held = 0;
    const { columns, onBlock } = this.#options;
    onBlock(this.#first, sampleCount, this.#samples.subarray(0, sampleCount * columns.length));
  }

  #add(sample: number, from: Uint16Array, frame: number): void {
    const { words, columns, samplesPerBlock } = this.#options;
    if (sample !== this.#first + this.#held) this.flush();
    if (this.#held === 0) this.#first = sample;
    const to = this.#held * columns.length;
    for (let electrode = 0; electrode < columns.length; electrode++)
      this.#samples[to + electrode] = from[frame * words + columns[electrode]!]! - middle;
    this.#held++;
    if ((sample + 1) % samplesPerBlock === 0) this.flush();
  }
}
