// Cuts the GUI's blocks, of any length and a column for each channel, into the blocks that the rig works in; runs in the reader thread.
import type { ChannelBlock } from './block-assembler.ts';

export interface RigBlocksOptions {
  readonly channels: number;
  readonly samplesPerBlock: number;
  readonly microvoltsPerBit: number;
  /** @param values sample-major, samplesPerBlock × channels; valid until it returns */
  readonly onBlock: (firstSample: number, values: Int16Array<ArrayBuffer>) => void;
}

const most = 32_767;

/**
 * Blocks begin at multiples of their length. After a gap what there is of a block is dropped, and the next whole one follows: the
 * jump of its first sample says how much is missing.
 */
export class RigBlocks {
  readonly #options: RigBlocksOptions;
  readonly #values: Int16Array<ArrayBuffer>;
  /** The sample that fits behind what is held. */
  #next = -1;
  #held = 0;
  /** Values that did not fit into 16 bits, or were no numbers: at the end of the range, or 0. */
  clipped = 0;

  constructor(options: RigBlocksOptions) {
    this.#options = options;
    this.#values = new Int16Array(options.channels * options.samplesPerBlock);
  }

  take({ firstSample, sampleCount, payloads }: ChannelBlock): void {
    const { samplesPerBlock, onBlock } = this.#options;
    if (firstSample !== this.#next) this.#held = 0;
    this.#next = firstSample + sampleCount;
    const views = payloads.map(({ buffer, byteOffset, byteLength }) => new DataView(buffer, byteOffset, byteLength));
    // A block begins at a multiple of its length.
    let at = this.#held > 0 ? 0 : (samplesPerBlock - (firstSample % samplesPerBlock)) % samplesPerBlock;
    while (at < sampleCount) {
      const count = Math.min(samplesPerBlock - this.#held, sampleCount - at);
      this.#convert(views, at, count);
      this.#held += count;
      at += count;
      if (this.#held < samplesPerBlock) return;
      this.#held = 0;
      onBlock(firstSample + at - samplesPerBlock, this.#values);
    }
  }

  #convert(views: readonly DataView[], from: number, count: number): void {
    const { channels, microvoltsPerBit } = this.#options;
    for (const [channel, view] of views.entries()) {
      let place = this.#held * channels + channel;
      for (let byte = 4 * from; byte < 4 * (from + count); byte += 4, place += channels) {
        const value = Math.round(view.getFloat32(byte, true) / microvoltsPerBit);
        const fits = value >= -most - 1 && value <= most;
        if (!fits) this.clipped++;
        this.#values[place] = fits ? value : Number.isNaN(value) ? 0 : value > 0 ? most : -most - 1;
      }
    }
  }
}
