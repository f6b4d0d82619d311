// What has come of the samples of an emulated board, whose values are known, and what is missing. Thread of `exocortex bench hid`; pure.
import type { SampleBlock } from '../device.ts';

/** What the board's emulation samples (resources/firmware/host/simulated-board.hpp). */
export const emulatedValue = (sample: number, channel: number): number => ((sample * 7 + channel * 131) << 16) >> 16;

/** What the driver says of samples that were not handed out. */
export interface CountedLoss {
  /** Reports of samples. */
  readonly lostReports: number;
  readonly samplesPerReport: number;
  /** That came, but in no whole block. */
  readonly samplesBesideGaps: number;
  /** Of blocks that the rig thread was too slow for. */
  readonly samplesNotTaken: number;
}

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
  #samplesPerBlock = 0;

  /** @param nowNs when it reached the rig thread */
  take({ firstSample, sampleCount, channels, samples }: SampleBlock, nowNs: number): void {
    const missing = firstSample - (this.#next ?? firstSample);
    // A block that goes back was handed out twice, which is as wrong as one that is missing.
    this.missing += Math.abs(missing);
    if (this.blocks > 0) this.intervalsMs.push((nowNs - this.#receivedNs) / 1e6);
    this.#receivedNs = nowNs;
    this.#next = firstSample + sampleCount;
    this.#samplesPerBlock = sampleCount;
    this.samples += sampleCount;
    this.blocks++;
    for (let index = 0; index < sampleCount; index++)
      for (let channel = 0; channel < channels; channel++)
        if (samples[index * channels + channel] !== emulatedValue(firstSample + index, channel)) {
          this.wrong++;
          break;
        }
  }

  /** @returns missing samples that neither the lost reports, the samples beside them nor the blocks that were not taken explain */
  uncounted({ lostReports, samplesPerReport, samplesBesideGaps, samplesNotTaken }: CountedLoss): number {
    // A gap costs at most what there is of a block on both of its sides.
    const beside = Math.min(samplesBesideGaps, lostReports * 2 * (this.#samplesPerBlock - 1));
    return Math.max(0, this.missing - lostReports * samplesPerReport - beside - samplesNotTaken);
  }
}
