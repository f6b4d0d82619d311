// Seeded noise of electrodes, cheap enough for thousands of samples in each tick; runs in the virtual rig.
import { hash32, highWord, lowWord, SeededRandom } from './seeded-random.ts';

const noise = 4;
const tableLength = 2 ** 16;
/** Each channel reads the table from another random place after so many samples. */
const segmentSamples = 64;

/** White Gaussian noise. What it is at a sample of a channel depends on the seed alone, not on where blocks begin. */
export class ElectrodeNoise {
  readonly #seed: number;
  /** Normal numbers, with the beginning repeated behind the end so that no segment has to wrap around. */
  readonly #table: Float32Array;

  constructor(standardDeviationBits: number, seed: number) {
    this.#seed = seed;
    const random = new SeededRandom(seed, noise);
    this.#table = Float32Array.from(
      { length: tableLength + segmentSamples },
      () => standardDeviationBits * random.normal(),
    );
    this.#table.copyWithin(tableLength, 0, segmentSamples);
  }

  /** Overwrites `block`, sample-major, sampleCount × channels, in bits. */
  fill(block: Float32Array, firstSample: number, sampleCount: number, channels: number): void {
    const end = firstSample + sampleCount;
    for (let from = firstSample; from < end;) {
      const segment = Math.floor(from / segmentSamples);
      const until = Math.min(end, (segment + 1) * segmentSamples);
      for (let channel = 0; channel < channels; channel++) {
        const place = hash32(this.#seed, noise, channel, lowWord(segment), highWord(segment)) & (tableLength - 1);
        let tableAt = place + from - segment * segmentSamples;
        const last = (until - firstSample) * channels;
        for (let at = (from - firstSample) * channels + channel; at < last; at += channels) {
          block[at] = this.#table[tableAt++]!;
        }
      }
      from = until;
    }
  }
}
