// What has come of the samples of an emulated board, whose values are known, and what is missing. Thread of `exocortex bench hid`; pure.
import type { SampleBlock } from '../device.ts';

/** What the board's emulation samples (resources/firmware/host/simulated-board.hpp). */
export const emulatedValue = (sample: number, channel: number): number => ((sample * 7 + channel * 131) << 16) >> 16;

export class BlockReception {
  samples = 0;
  blocks = 0;
  /** Samples that never came, between those that did. */
  missing = 0;
  /** Samples of which a channel has another value than was sampled. */
  wrong = 0;
  readonly intervalsMs: number[] = [];
  #next: number | undefined;
  #receivedNs = 0;
  /** Samples that are missing because what there was of a block is dropped on both sides of a gap. */
  #droppedBesideGaps = 0;

  /** @param nowNs when it reached the rig thread */
  take({ firstSample, sampleCount, channels, samples }: SampleBlock, nowNs: number): void {
    const missing = firstSample - (this.#next ?? firstSample);
    // A block that goes back was handed out twice, which is as wrong as one that is missing.
    this.missing += Math.abs(missing);
    if (missing > 0) this.#droppedBesideGaps += 2 * (sampleCount - 1);
    if (this.blocks > 0) this.intervalsMs.push((nowNs - this.#receivedNs) / 1e6);
    this.#receivedNs = nowNs;
    this.#next = firstSample + sampleCount;
    this.samples += sampleCount;
    this.blocks++;
    for (let index = 0; index < sampleCount; index++)
      for (let channel = 0; channel < channels; channel++)
        if (samples[index * channels + channel] !== emulatedValue(firstSample + index, channel)) {
          this.wrong++;
          break;
        }
  }

  /** @param countedSamples of the reports that were counted as lost @returns missing samples that these do not explain */
  uncounted(countedSamples: number): number {
    return Math.max(0, this.missing - countedSamples - (countedSamples > 0 ? this.#droppedBesideGaps : 0));
  }
}
